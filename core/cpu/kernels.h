// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace core::cpu
{

/// Two neighbours of those that a product sums over, rounded to bfloat16 (to the nearest, ties to
/// the even one); the first in the lower half. An odd one is paired with a zero.
using Bf16Pair = std::uint32_t;

/// How many numbers an element of a product is: a float or a pair.
template <typename Element>
inline constexpr std::ptrdiff_t numbersIn = 1;
template <>
inline constexpr std::ptrdiff_t numbersIn<Bf16Pair> = 2;

/// What a product's factors are rounded to; sums are of floats.
enum class Factors { Float32, Bf16 };

/// What becomes of a product once it is summed.
enum class Finish { Nothing, Gelu, Relu };

/// C = A B' + bias, C += A B' + bias, or C = A B' + addend. Depth, at least 1, and strides, which
/// go from row to row, are in elements.
template <typename Element>
struct ProductOf {
    const Element *a; ///< [rows, depth]
    std::ptrdiff_t aStride;
    std::ptrdiff_t aStep = 1;     ///< from column to column
    const Element *panels;        ///< B [columns, depth], see PackedMatrix
    std::ptrdiff_t panelStride;   ///< from panel to panel: depth x panel of the whole B
    std::ptrdiff_t panelStep = 0; ///< from one element of a panel's columns to the next; 0: packed
    std::ptrdiff_t rows, depth, columns;
    const float *bias = nullptr;   ///< [columns]
    bool adds = false;             ///< to what is in C
    const float *addend = nullptr; ///< [rows, columns], added instead of a bias; not with `adds`
    std::ptrdiff_t addendStride = 0;
    Finish finish = Finish::Nothing;
    float *c;
    std::ptrdiff_t cStride;
};
using Product = ProductOf<float>;

/// Attention of some queries over all keys, which lie on a grid of rows of `side`; never more than
/// a block of scores. What a query adds for a key's row and column may be left out (null).
template <typename Element>
struct AttentionOf {
    const Element *queries;     ///< [queryCount, channels], scaled
    std::ptrdiff_t queryStride; ///< in elements
    std::ptrdiff_t queryCount, channels;
    const Element *keyPanels;   ///< keys [keyCount, channels] as rows of B
    const Element *valuePanels; ///< values [keyCount, channels] as columns of B
    std::ptrdiff_t keyCount, side;
    const float *const *rowParts;    ///< of each query: one for each row of the grid
    const float *const *columnParts; ///< of each query: `side` of them
    /// Of each query: what it adds for the keys of the grid's first row, `placeStride` floats
    /// further that of the next row; or null. Some floats beyond `side` are read.
    const float *const *placeParts = nullptr;
    std::ptrdiff_t placeStride = 0;
    float *scratch; ///< attentionScratch() floats
    float *out;     ///< [queryCount, channels]
    std::ptrdiff_t outStride;
};
using Attention = AttentionOf<float>;

/// Sums of values over keys, weighted by the softmax of each query's scores, as far as the keys
/// came: gathered / sums is the answer. Weights are relative to the greatest score so far.
struct Gathering {
    float *scores; ///< [rows, scoreStride]: a key each, whole panels of queries; overwritten
    std::ptrdiff_t scoreStride;
    const float *values; ///< [rows, channels], whole panels of channels
    std::ptrdiff_t rows, queries, channels;
    bool isFirst;    ///< nothing came before
    float *most;     ///< [scoreStride]
    float *sums;     ///< [scoreStride]
    float *gathered; ///< [queries, channels]
};

/// Products whose factors are rounded to bfloat16: half the work and half the memory.
struct Bf16Kernels {
    void (*multiply)(const ProductOf<Bf16Pair> &);
    void (*attend)(const AttentionOf<Bf16Pair> &);
    /// Pairs of neighbours of a row.
    void (*roundRow)(const float *row, std::ptrdiff_t count, Bf16Pair *pairs);
    /// Pairs of what two rows have in each column; without a second row, of it and zeros.
    void (*roundColumns)(const float *first, const float *second, std::ptrdiff_t count,
                         Bf16Pair *pairs);
};

/// One row of what a 3x3 convolution makes whose channels do not mix; zeros beyond the picture.
struct Depthwise {
    const float *rows[3]; ///< of the input, [width, channels] each; null: beyond the picture
    std::ptrdiff_t width; ///< of the input's rows
    std::ptrdiff_t
        firstColumn;       ///< of the input, where the first output's weights begin; from -1 on
    std::ptrdiff_t stride; ///< columns of the input from an output to the next
    std::ptrdiff_t channels;
    const float *weights; ///< [3, 3, channels]
    const float *bias;    ///< [channels]
    Finish finish = Finish::Nothing;
    float *out; ///< [count, channels]
    std::ptrdiff_t count;
};

/// Tiles of a 3x3 convolution of stride 1 as sixteen products in place of thirty-six: Winograd's
/// F(2x2, 3x3). Tile t is of 2 x 2 pixels of the result from column columns[t] on, `dilation`
/// apart; what it needs begins a `dilation` further left.
struct WinogradTiles {
    const std::ptrdiff_t *columns;
    std::ptrdiff_t count;
    std::ptrdiff_t dilation;
    std::ptrdiff_t width; ///< of the map's rows
};

/// The products' factors of a row of tiles; zeros beyond the picture.
struct WinogradInput {
    WinogradTiles tiles;
    const float *rows[4]; ///< [width, channels]; null: beyond the picture
    std::ptrdiff_t channels;
    float *factors;      ///< of the first product: [count, channels]
    std::ptrdiff_t step; ///< floats from one product's to the next one's
};

/// What the products' sums make of a row of tiles.
struct WinogradOutput {
    WinogradTiles tiles;
    const float *sums; ///< of the first product: [count, channels]
    std::ptrdiff_t step;
    std::ptrdiff_t channels;
    const float *bias;        ///< [channels]
    const float *added[2];    ///< rows like those below, to be added; null: nothing is
    bool isRectified;         ///< the sum with what was added
    float *rows[2];           ///< null: beyond the picture
    std::ptrdiff_t pixelStep; ///< floats from pixel to pixel of a row
};

/// One of the two rows that a row of a map becomes where the map is made twice as high and wide,
/// bilinear, pixels as areas; added to what is there.
struct Enlarging {
    const float *near; ///< [width, channels], three quarters
    const float *far;  ///< one quarter: the row on the other side
    std::ptrdiff_t width, channels;
    bool isRectified; ///< the sum
    float *sums;      ///< [2 width, channels]
};

/// Functions compiled for one instruction set. One thread each: callers share out the work.
struct Kernels {
    const char *name;
    std::ptrdiff_t panel; ///< columns of B side by side
    void (*multiply)(const Product &);
    void (*attend)(const Attention &);
    /// x := exact GELU of x, to 3e-7 of x or 1e-7.
    void (*gelu)(float *x, std::ptrdiff_t count);
    /// Of each row of [rows, channels]: mean 0 and variance 1 with epsilon, times weight, plus
    /// bias.
    void (*normalize)(float *x, std::ptrdiff_t rows, std::ptrdiff_t channels, const float *weight,
                      const float *bias, float epsilon);
    /// The same; `sum` becomes x + added as well, both [rows, channels]. `factors` [rows] gets what
    /// each row was multiplied by beside the weight.
    void (*normalizeAndAdd)(float *x, std::ptrdiff_t rows, std::ptrdiff_t channels,
                            const float *weight, const float *bias, float epsilon,
                            const float *added, float *sum, float *factors);
    /// x := x times its row's factor, plus bias [channels].
    void (*scaleRows)(float *x, std::ptrdiff_t rows, std::ptrdiff_t channels, const float *factors,
                      const float *bias);
    /// x[i] := exp(x[i] - shift), to 2e-7 of itself; the sum of them. Below -87 as at -87.
    float (*exponentials)(float *x, std::ptrdiff_t count, float shift);
    void (*gather)(const Gathering &);
    /// Softmax of each of `groups` runs of `size` elements that a row begins with.
    void (*softmaxOfGroups)(float *x, std::ptrdiff_t stride, std::ptrdiff_t rows,
                            std::ptrdiff_t groups, std::ptrdiff_t size);
    /// The same of a matrix's columns, whole registers of them: [groups x size, columns].
    void (*softmaxOfColumns)(float *x, std::ptrdiff_t columns, std::ptrdiff_t groups,
                             std::ptrdiff_t size);
    float (*greatest)(const float *x, std::ptrdiff_t count); ///< count: at least 1
    void (*add)(const float *a, const float *b, std::ptrdiff_t count, float *sum);
    void (*depthwise)(const Depthwise &);
    void (*winogradInput)(const WinogradInput &);
    void (*winogradOutput)(const WinogradOutput &);
    void (*addEnlarged)(const Enlarging &);
    /// x := x / sqrt(|x|^2 + 1e-4) of each row of [rows, channels].
    void (*unitRows)(float *x, std::ptrdiff_t rows, std::ptrdiff_t channels);
    const Bf16Kernels *bf16 = nullptr; ///< null: no such instructions
};

/// Keys whose scores Attention computes at once: whole rows of the grid, and whole panels unless
/// they are all.
std::ptrdiff_t keysAtOnce(std::ptrdiff_t keyCount, std::ptrdiff_t side, std::ptrdiff_t panel);
std::ptrdiff_t attentionScratch(std::ptrdiff_t queryCount, std::ptrdiff_t keyCount,
                                std::ptrdiff_t side, std::ptrdiff_t panel);

/// What is used, the same as long as the program runs; null: LibTorch computes. It is the best that
/// this processor runs unless MASKWRIGHT_CPU_KERNELS names another, for tests and measurements.
const Kernels *kernels();
/// All that this processor runs, the best first.
std::vector<const Kernels *> allKernels();
/// Those of that name among them, or the best; null for "none".
const Kernels *kernelsNamed(std::string_view name);

} // namespace core::cpu
