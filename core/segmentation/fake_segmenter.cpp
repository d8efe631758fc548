// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/fake_segmenter.h"

#include "core/error.h"

#include <cmath>
#include <thread>

namespace core
{
namespace
{

constexpr int inputSide = 1024;
constexpr int logitsSide = 256;
constexpr float insideLogit = 8;

class FakeEmbedding : public ImageEmbedding
{
public:
    explicit FakeEmbedding(const InputGeometry &geometry)
        : ImageEmbedding(geometry, {logitsSide, logitsSide})
    {
    }
    std::size_t byteSize() const override { return sizeof(*this); }
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

MaskCandidate candidateOf(const Prompt &prompt, const InputGeometry &geometry, double radius,
                          float predictedIou)
{
    const Size size = geometry.original;
    MaskCandidate candidate{Mask(size), {{logitsSide, logitsSide}, {}}, predictedIou, 0};
    candidate.logits.values.assign(std::size_t(logitsSide) * logitsSide, -insideLogit);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            if (!isInside(prompt, geometry, x, y, radius))
                continue;
            candidate.mask.set(x, y);
            candidate.logits.values[cellAt(geometry, x, y)] = insideLogit;
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
