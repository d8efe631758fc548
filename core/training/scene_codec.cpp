// SPDX-License-Identifier: Apache-2.0
// The record of one scene: width, height and number of label maps (16 bits each, little endian),
// then the picture, then the maps, one bit stream. The picture: green, red minus green, blue minus
// green, each predicted from its neighbours and the rest written in Rice codes, whose parameter
// follows the size of the last rests. A map: alternating runs, one that repeats the row above, one
// of a new id.
#include "core/training/scene_cache.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace core
{

namespace
{

class BitWriter
{
public:
    void write(std::uint32_t value, int bits)
    {
        m_pending |= static_cast<std::uint64_t>(value) << m_count;
        m_count += bits;
        while (m_count >= 8) {
            bytes.push_back(static_cast<std::uint8_t>(m_pending));
            m_pending >>= 8;
            m_count -= 8;
        }
    }
    void finish() { write(0, 7); }
    std::vector<std::uint8_t> bytes;

private:
    std::uint64_t m_pending = 0;
    int m_count = 0;
};

/// Gives zeros after the end and remembers that it did.
class BitReader
{
public:
    BitReader(const std::uint8_t *bytes, std::size_t count) : m_next(bytes), m_end(bytes + count) {}
    std::uint32_t read(int bits)
    {
        refill();
        return take(bits);
    }
    /// Ones up to the next zero, which is skipped, or `most` ones.
    int readOnes(int most)
    {
        refill();
        const int ones = std::min(std::countr_one(m_pending), most);
        take(ones < most ? ones + 1 : ones);
        return ones;
    }
    bool overrun = false;

private:
    /// More than 32 bits are pending afterwards.
    void refill()
    {
        while (m_count <= 48) {
            if (m_next != m_end) {
                m_pending |= static_cast<std::uint64_t>(*m_next++) << m_count;
            } else {
                m_missing += 8;
            }
            m_count += 8;
        }
    }
    std::uint32_t take(int bits)
    {
        const auto value = static_cast<std::uint32_t>(m_pending & ((std::uint64_t{1} << bits) - 1));
        m_pending >>= bits;
        m_count -= bits;
        overrun = overrun || m_missing > m_count; // some of what was taken is made up
        return value;
    }
    const std::uint8_t *m_next;
    const std::uint8_t *m_end;
    std::uint64_t m_pending = 0;
    int m_count = 0;   // bits pending
    int m_missing = 0; // of these and those taken, bits made up after the end
};

/// Rice code of bytes with a parameter that follows the mean.
class AdaptiveRice
{
public:
    void write(BitWriter &out, std::uint8_t value)
    {
        const int k = parameter();
        const int quotient = value >> k;
        if (quotient < escape) {
            out.write((1U << quotient) - 1U, quotient + 1);
            out.write(value & ((1U << k) - 1U), k);
        } else {
            out.write((1U << escape) - 1U, escape);
            out.write(value, 8);
        }
        follow(value);
    }
    std::uint8_t read(BitReader &in)
    {
        const int k = parameter();
        const int quotient = in.readOnes(escape);
        const std::uint32_t value = quotient < escape
                                        ? (static_cast<std::uint32_t>(quotient) << k) | in.read(k)
                                        : in.read(8);
        follow(static_cast<std::uint8_t>(value));
        return static_cast<std::uint8_t>(value);
    }

private:
    static constexpr int escape = 12;
    int parameter() const { return std::bit_width(m_sum / (16 * m_weight + 1)); }
    void follow(std::uint8_t value)
    {
        m_sum += 11U * value; // k near log2(mean * ln 2)
        if (++m_weight == 64) {
            m_sum /= 2;
            m_weight /= 2;
        }
    }
    std::uint32_t m_sum = 64;
    std::uint32_t m_weight = 1;
};

/// The median predictor of JPEG-LS: follows edges that are upright or level.
int predict(int left, int above, int corner)
{
    if (corner >= std::max(left, above)) {
        return std::min(left, above);
    }
    if (corner <= std::min(left, above)) {
        return std::max(left, above);
    }
    return left + above - corner;
}

std::uint8_t folded(std::uint8_t difference)
{
    const auto s = static_cast<std::int8_t>(difference);
    return static_cast<std::uint8_t>(s >= 0 ? 2 * s : -2 * s - 1);
}

std::uint8_t unfolded(std::uint8_t value)
{
    return static_cast<std::uint8_t>((value & 1) != 0 ? -(value + 1) / 2 : value / 2);
}

using Planes = std::array<std::vector<std::uint8_t>, 3>;

/// Walks the planes in raster order and calls visit(plane, index, prediction) before the value is
/// needed.
template <typename Visit>
void walkPlanes(Planes &planes, Size size, Visit visit)
{
    const auto width = static_cast<std::size_t>(size.width);
    for (std::size_t y = 0, i = 0; y < static_cast<std::size_t>(size.height); ++y) {
        for (std::size_t x = 0; x < width; ++x, ++i) {
            for (std::size_t p = 0; p < planes.size(); ++p) {
                const auto &v = planes[p];
                const int left = x > 0 ? v[i - 1] : y > 0 ? v[i - width] : 128;
                const int above = y > 0 ? v[i - width] : left;
                const int corner = x > 0 && y > 0 ? v[i - width - 1] : above;
                visit(p, i, static_cast<std::uint8_t>(predict(left, above, corner)));
            }
        }
    }
}

void writeNumber(BitWriter &out, std::uint32_t value)
{
    while (value >= 16) {
        out.write((value & 15U) | 16U, 5);
        value >>= 4;
    }
    out.write(value, 5);
}

std::uint32_t readNumber(BitReader &in)
{
    std::uint32_t value = 0;
    for (int shift = 0; shift < 32; shift += 4) {
        const std::uint32_t digit = in.read(5);
        value |= (digit & 15U) << shift;
        if (digit < 16) {
            break;
        }
    }
    return value;
}

void writeMap(BitWriter &out, const LabelMap &map)
{
    const auto width = static_cast<std::size_t>(map.size.width);
    const auto &ids = map.ids;
    const auto repeats = [&](std::size_t i) { return i >= width && ids[i] == ids[i - width]; };
    std::size_t i = 0;
    while (i < ids.size()) {
        std::size_t end = i;
        while (end < ids.size() && repeats(end)) {
            ++end;
        }
        writeNumber(out, static_cast<std::uint32_t>(end - i));
        if (end == ids.size()) {
            return;
        }
        i = end;
        while (end < ids.size() && ids[end] == ids[i] && !repeats(end)) {
            ++end;
        }
        writeNumber(out, static_cast<std::uint32_t>(end - i));
        writeNumber(out, ids[i]);
        i = end;
    }
}

/// False when the runs do not fit the map.
bool readMap(BitReader &in, LabelMap &map)
{
    const auto width = static_cast<std::size_t>(map.size.width);
    auto &ids = map.ids;
    std::size_t i = 0;
    while (i < ids.size() && !in.overrun) {
        const std::size_t copied = readNumber(in);
        if (copied > ids.size() - i || (copied > 0 && i < width)) {
            return false;
        }
        for (const std::size_t end = i + copied; i < end; ++i) {
            ids[i] = ids[i - width];
        }
        if (i == ids.size()) {
            break;
        }
        const std::size_t fresh = readNumber(in);
        const std::uint32_t id = readNumber(in);
        if (fresh == 0 || fresh > ids.size() - i || id > 0xffff) {
            return false;
        }
        for (const std::size_t end = i + fresh; i < end; ++i) {
            ids[i] = static_cast<std::uint16_t>(id);
        }
    }
    return !in.overrun;
}

} // namespace

std::vector<std::uint8_t> encodeScene(const TrainingScene &scene)
{
    const Size size = scene.image.size;
    BitWriter out;
    out.write(static_cast<std::uint32_t>(size.width), 16);
    out.write(static_cast<std::uint32_t>(size.height), 16);
    out.write(static_cast<std::uint32_t>(scene.levels.size()), 16);
    Planes planes;
    for (std::size_t i = 0; i < scene.image.pixels.size(); i += 3) {
        const std::uint8_t *rgb = &scene.image.pixels[i];
        planes[0].push_back(rgb[1]);
        planes[1].push_back(static_cast<std::uint8_t>(rgb[0] - rgb[1] + 128));
        planes[2].push_back(static_cast<std::uint8_t>(rgb[2] - rgb[1] + 128));
    }
    std::array<AdaptiveRice, 3> codes;
    walkPlanes(planes, size, [&](std::size_t p, std::size_t i, std::uint8_t prediction) {
        codes[p].write(out, folded(static_cast<std::uint8_t>(planes[p][i] - prediction)));
    });
    for (const LabelMap &level : scene.levels) {
        writeMap(out, level);
    }
    out.finish();
    return std::move(out.bytes);
}

TrainingScene decodeScene(const std::uint8_t *bytes, std::size_t count, const std::string &name)
{
    BitReader in(bytes, count);
    const Size size{static_cast<int>(in.read(16)), static_cast<int>(in.read(16))};
    const std::uint32_t levels = in.read(16);
    const Error damaged(ErrorKind::BadDataset,
                        "Scene file " + name +
                            " is damaged; delete it and paint its scenes again.");
    // The picture takes at least three bits a pixel: a damaged size asks for no more memory than
    // the file.
    if (size.isEmpty() || levels > 16 || size.area() > static_cast<long long>(count) * 8 / 3) {
        throw damaged;
    }
    TrainingScene scene{Image(size), {}};
    Planes planes;
    planes.fill(std::vector<std::uint8_t>(static_cast<std::size_t>(size.area())));
    std::array<AdaptiveRice, 3> codes;
    walkPlanes(planes, size, [&](std::size_t p, std::size_t i, std::uint8_t prediction) {
        planes[p][i] = static_cast<std::uint8_t>(prediction + unfolded(codes[p].read(in)));
    });
    for (std::size_t i = 0; i < planes[0].size(); ++i) {
        std::uint8_t *rgb = &scene.image.pixels[3 * i];
        rgb[1] = planes[0][i];
        rgb[0] = static_cast<std::uint8_t>(planes[1][i] + rgb[1] - 128);
        rgb[2] = static_cast<std::uint8_t>(planes[2][i] + rgb[1] - 128);
    }
    for (std::uint32_t level = 0; level < levels; ++level) {
        scene.levels.push_back({size, std::vector<std::uint16_t>(planes[0].size())});
        if (!readMap(in, scene.levels.back())) {
            throw damaged;
        }
    }
    if (in.overrun) {
        throw damaged;
    }
    return scene;
}

} // namespace core
