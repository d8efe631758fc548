// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/mask_candidate.h"
#include "core/segmentation/prompt.h"

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// What the encoder made of one picture; the tensors sit in the class a segmenter derives from it.
/// Immutable, so it may be shared between threads and cached.
class ImageEmbedding
{
public:
    virtual ~ImageEmbedding() = default;
    const InputGeometry &geometry() const { return m_geometry; }
    /// The grid of LowResLogits over the padded picture, for prior masks.
    Size logitsSize() const { return m_logitsSize; }
    /// Bytes held, for caches with a budget.
    virtual std::size_t byteSize() const = 0;
    /// All that Segmenter::loadEmbedding() of the same model needs, in this run of the program or
    /// another, on machines of the same byte order. Empty: it cannot be kept.
    virtual std::vector<std::byte> save() const { return {}; }

protected:
    ImageEmbedding(const InputGeometry &geometry, Size logitsSize)
        : m_geometry(geometry), m_logitsSize(logitsSize)
    {
    }

private:
    InputGeometry m_geometry;
    Size m_logitsSize;
};

enum class Device { Cpu, Cuda };

/// Facts for the status bar, `models inspect` and the cache key.
struct SegmenterInfo {
    std::string architecture; ///< "SAM ViT-B", "Maskwright compact", ...
    std::string modelName;    ///< "default model", or the file's name
    Device device = Device::Cpu;
    /// Why the CPU was taken although there is a GPU: one sentence; empty otherwise.
    std::string gpuProblem;
    std::string precision = "fp32";
    /// Threads that may be in encode() at a time: on a GPU one picture is read and copied there
    /// while another is computed.
    int encodesAtOnce = 1;
    /// Encoding takes no more than a moment, and masks get better when an object's surroundings are
    /// encoded by themselves: see closer_look.h.
    bool gainsByLookingCloser = false;
    Size inputSize; ///< largest input the encoder takes, pixels
    Size
        logitsSize; ///< of LowResLogits for a full input; {0,0} when it follows the picture's shape
    std::size_t parameterCount = 0;
    std::string weightsDigest; ///< hex; equal weights have equal digests
};

/// What ImageEmbedding::save() told; never null, shared because embeddings may borrow them.
using EmbeddingBytes = std::shared_ptr<const std::vector<std::byte>>;

/// 0..1; called on the encoding thread.
using EncodeProgress = std::function<void(double)>;

/// Which answers decodeRuns() gives.
struct RunFilter {
    float predictedIouAbove = -std::numeric_limits<float>::infinity(); ///< strictly
    float stabilityOffset = 1; ///< of the stability score's two cuts from the threshold, in logits
};

/// Encode once, decode per click:
///
///     auto embedding = segmenter.encode(image.view());
///     auto candidates = segmenter.decode(*embedding, prompt);
///
/// The caller keeps the embedding, so caching and two images at once need no extra design. Calls
/// come from one thread at a time (the inference thread), but for encode(), which as many threads
/// may call at once as info().encodesAtOnce says. Both throw core::Error.
class Segmenter
{
public:
    virtual ~Segmenter() = default;
    virtual const SegmenterInfo &info() const = 0;

    /// Looks at the token between layers and throws Error(Cancelled) when asked to stop.
    virtual std::shared_ptr<const ImageEmbedding> encode(ImageView image, std::stop_token stop = {},
                                                         const EncodeProgress &progress = {}) = 0;

    /// The embedding that save() told of; the same prompts get the same answers, bit for bit.
    /// Borrows the bytes where it can. Null when they are not those of an embedding that this model
    /// would have made.
    virtual std::shared_ptr<const ImageEmbedding> loadEmbedding(const EmbeddingBytes &)
    {
        return nullptr;
    }

    /// Makes what prompts on this picture have in common, for whoever knows that there will be
    /// some: otherwise the first of them waits for it.
    virtual void prepare(const ImageEmbedding &) {}

    /// 3 candidates (multimask) or 1, in the model's own order.
    virtual std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                              const Prompt &prompt) = 0;

    /// Several prompts on one image in one batch; answers in the order of the prompts. Prompts may
    /// differ in their number of points. The plain version decodes one by one.
    virtual std::vector<std::vector<MaskCandidate>> decodeBatch(const ImageEmbedding &embedding,
                                                                std::span<const Prompt> prompts);

    /// The same answers before they are brought to the picture's size, for whoever wants a few of
    /// many: a thousand full-size masks would fill the memory. The plain version decodes one by
    /// one.
    virtual std::vector<std::vector<ScoredLogits>> decodeLogits(const ImageEmbedding &embedding,
                                                                std::span<const Prompt> prompts);

    /// The answers that pass the filter, as run lengths: what a thousand prompts at once want. On a
    /// GPU nothing else leaves the device. The plain version makes them from decodeLogits().
    virtual std::vector<std::vector<ScoredRuns>> decodeRuns(const ImageEmbedding &embedding,
                                                            std::span<const Prompt> prompts,
                                                            const RunFilter &filter);
};

/// Index of the candidate with the highest predicted IoU.
std::size_t bestCandidate(std::span<const MaskCandidate> candidates);

} // namespace core
