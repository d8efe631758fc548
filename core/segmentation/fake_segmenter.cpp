// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/fake_segmenter.h"

#include "core/error.h"
#include "core/geometry/pixel_rect.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <thread>

namespace core
{
namespace
{

constexpr int inputSide = 1024;
constexpr int logitsSide = 256;
constexpr float insideLogit = 8;
constexpr float logitsPerRadius = 16; // how quickly logits fall towards an answer's border
constexpr float leastInside = 0.5f;   // a pixel inside counts, however little of its cell is

/// What is kept is a .safetensors file, as with other models: the header's length, the header, then
/// the picture's size.
constexpr std::string_view savedHeader(
    "\x40\0\0\0\0\0\0\0{\"size\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}       ",
    72);

class FakeEmbedding : public ImageEmbedding
{
public:
    explicit FakeEmbedding(const InputGeometry &geometry)
        : ImageEmbedding(geometry, {logitsSide, logitsSide})
    {
    }
    std::size_t byteSize() const override { return sizeof(*this); }
    std::vector<std::byte> save() const override
    {
        const Size size = geometry().original;
        std::vector<std::byte> bytes(savedHeader.size() + sizeof size);
        std::memcpy(bytes.data(), savedHeader.data(), savedHeader.size());
        std::memcpy(bytes.data() + savedHeader.size(), &size, sizeof size);
        return bytes;
    }
};

InputGeometry geometryOf(Size original)
{
    const double scale = double(inputSide) / std::max(original.width, original.height);
    const auto resize = [scale](int side) { return std::max(1, int(std::lround(side * scale))); };
    return {original, {resize(original.width), resize(original.height)}, {inputSide, inputSide}};
}

/// The logits' cell under an image pixel.
std::size_t cellAt(const InputGeometry &geometry, int x, int y)
{
    const auto cell = [](double position, int resized, int original) {
        const double model = (position + 0.5) * resized / original;
        return std::min(logitsSide - 1, int(model * logitsSide / inputSide));
    };
    const int column = cell(x, geometry.resized.width, geometry.original.width);
    const int row = cell(y, geometry.resized.height, geometry.original.height);
    return std::size_t(row) * logitsSide + std::size_t(column);
}

bool isInside(const Prompt &prompt, const InputGeometry &geometry, int x, int y, double radius)
{
    bool inside = false;
    if (prompt.previous)
        inside = prompt.previous->values[cellAt(geometry, x, y)] > 0;
    if (prompt.box) {
        const Box box = prompt.box->normalized();
        inside |= x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
    }
    for (const PointLabel label : {PointLabel::Foreground, PointLabel::Background}) {
        for (const PointPrompt &point : prompt.points) {
            if (point.label == label &&
                std::hypot(x - point.position.x, y - point.position.y) <= radius)
                inside = label == PointLabel::Foreground;
        }
    }
    return inside;
}

/// How deep a place lies inside the answer, in pixels; negative outside.
double depthAt(const Prompt &prompt, ImagePoint at, float previousLogit, double radius)
{
    double depth = previousLogit / logitsPerRadius * radius;
    if (prompt.box) {
        const Box box = prompt.box->normalized();
        depth =
            std::max(depth, std::min({at.x - box.x0, box.x1 - at.x, at.y - box.y0, box.y1 - at.y}));
    }
    for (const PointLabel label : {PointLabel::Foreground, PointLabel::Background}) {
        for (const PointPrompt &point : prompt.points) {
            const double distance = std::hypot(at.x - point.position.x, at.y - point.position.y);
            if (point.label != label)
                continue;
            depth = label == PointLabel::Foreground ? std::max(depth, radius - distance)
                                                    : std::min(depth, distance - radius);
        }
    }
    return depth;
}

LowResLogits logitsOf(const Prompt &prompt, const InputGeometry &geometry, double radius)
{
    LowResLogits logits{{logitsSide, logitsSide}, {}};
    for (int row = 0; row < logitsSide; ++row) {
        for (int column = 0; column < logitsSide; ++column) {
            const ImagePoint at = toImage(column + 0.5, row + 0.5, geometry, logits.size);
            const float previous =
                prompt.previous ? prompt.previous->values[logits.values.size()] : -insideLogit;
            const double logit = depthAt(prompt, at, previous, radius) / radius * logitsPerRadius;
            logits.values.push_back(float(std::clamp<double>(logit, -insideLogit, insideLogit)));
        }
    }
    return logits;
}

/// Outside of it isInside() says no.
PixelRect reachOf(const Prompt &prompt, Size size, double radius)
{
    if (prompt.previous)
        return {0, 0, size.width, size.height};
    Box reach{double(size.width), double(size.height), 0, 0};
    const auto add = [&reach](const Box &box) {
        reach = {std::min(reach.x0, box.x0), std::min(reach.y0, box.y0), std::max(reach.x1, box.x1),
                 std::max(reach.y1, box.y1)};
    };
    if (prompt.box)
        add(prompt.box->normalized());
    for (const PointPrompt &point : prompt.points)
        add({point.position.x - radius, point.position.y - radius, point.position.x + radius,
             point.position.y + radius});
    const int x0 = std::clamp(int(std::floor(reach.x0)), 0, size.width);
    const int y0 = std::clamp(int(std::floor(reach.y0)), 0, size.height);
    const int x1 = std::clamp(int(std::ceil(reach.x1)) + 1, x0, size.width);
    const int y1 = std::clamp(int(std::ceil(reach.y1)) + 1, y0, size.height);
    return {x0, y0, x1 - x0, y1 - y0};
}

MaskCandidate candidateOf(const Prompt &prompt, const InputGeometry &geometry, double radius,
                          float predictedIou)
{
    const Size size = geometry.original;
    MaskCandidate candidate{Mask(size), logitsOf(prompt, geometry, radius), predictedIou, 0};
    const PixelRect reach = reachOf(prompt, size, radius);
    for (int y = reach.y; y < reach.y + reach.height; ++y) {
        for (int x = reach.x; x < reach.x + reach.width; ++x) {
            if (!isInside(prompt, geometry, x, y, radius))
                continue;
            candidate.mask.set(x, y);
            float &logit = candidate.logits.values[cellAt(geometry, x, y)];
            logit = std::max(logit, leastInside);
            candidate.stabilityScore = 1;
        }
    }
    return candidate;
}

} // namespace

FakeSegmenter::FakeSegmenter(Pace pace) : m_pace(pace)
{
    m_info.architecture = "fake";
    m_info.modelName = "fake segmenter";
    m_info.inputSize = {inputSide, inputSide};
    m_info.logitsSize = {logitsSide, logitsSide};
    m_info.weightsDigest = "fa4e";
}

std::shared_ptr<const ImageEmbedding> FakeSegmenter::encode(ImageView image, std::stop_token stop,
                                                            const EncodeProgress &progress)
{
    constexpr int steps = 10;
    for (int step = 1; step <= steps; ++step) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Preparing the picture was stopped.");
        std::this_thread::sleep_for(m_pace.encode / steps);
        if (progress)
            progress(double(step) / steps);
    }
    return std::make_shared<FakeEmbedding>(geometryOf(image.size));
}

std::shared_ptr<const ImageEmbedding> FakeSegmenter::loadEmbedding(const EmbeddingBytes &bytes)
{
    Size original;
    if (bytes->size() != savedHeader.size() + sizeof original ||
        std::memcmp(bytes->data(), savedHeader.data(), savedHeader.size()) != 0)
        return nullptr;
    std::memcpy(&original, bytes->data() + savedHeader.size(), sizeof original);
    return original.isEmpty() ? nullptr : std::make_shared<FakeEmbedding>(geometryOf(original));
}

std::vector<MaskCandidate> FakeSegmenter::decode(const ImageEmbedding &embedding,
                                                 const Prompt &prompt)
{
    std::this_thread::sleep_for(m_pace.decode);
    const InputGeometry &geometry = embedding.geometry();
    if (prompt.previous && prompt.previous->size != m_info.logitsSize)
        throw Error(ErrorKind::BadPrompt, "The previous mask does not have this model's size.");

    const double radius = std::min(geometry.original.width, geometry.original.height) / 8.0;
    std::vector<MaskCandidate> candidates;
    candidates.push_back(candidateOf(prompt, geometry, radius, 0.9f));
    if (prompt.multimaskOutput()) {
        candidates.push_back(candidateOf(prompt, geometry, radius / 2, 0.8f));
        candidates.push_back(candidateOf(prompt, geometry, radius * 2, 0.7f));
    }
    return candidates;
}

} // namespace core
