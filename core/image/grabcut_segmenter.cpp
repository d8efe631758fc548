// SPDX-License-Identifier: Apache-2.0
#include "core/image/grabcut_segmenter.h"

#include "core/error.h"
#include "core/segmentation/prior_logits.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace core
{
namespace
{

constexpr int iterations = 5;

class PixelEmbedding : public ImageEmbedding
{
public:
    explicit PixelEmbedding(ImageView image)
        : ImageEmbedding({image.size, image.size, image.size}, image.size),
          m_pixels(cv::Mat(image.size.height, image.size.width, CV_8UC3,
                           const_cast<std::uint8_t *>(image.data), std::size_t(image.stride))
                       .clone())
    {
    }
    std::size_t byteSize() const override { return m_pixels.total() * m_pixels.elemSize(); }
    const cv::Mat &pixels() const { return m_pixels; }

private:
    cv::Mat m_pixels;
};

cv::Rect rectOf(const Box &box, Size size)
{
    const Box b = box.normalized();
    const cv::Point from(int(std::lround(b.x0)), int(std::lround(b.y0)));
    const cv::Point to(int(std::lround(b.x1)) + 1, int(std::lround(b.y1)) + 1);
    return cv::Rect(from, to) & cv::Rect(0, 0, size.width, size.height);
}

/// What is known before the colours are looked at, in OpenCV's GC_* labels.
cv::Mat initialLabels(const Prompt &prompt, Size size)
{
    cv::Mat labels(size.height, size.width, CV_8U, cv::Scalar(cv::GC_PR_BGD));
    const int shorter = std::min(size.width, size.height);
    const int discRadius = std::max(2, shorter / 16); // 20 pixels of a picture 320 high
    if (prompt.previous) {
        if (prompt.previous->size != size)
            throw Error(ErrorKind::BadPrompt, "The previous mask has not the picture's size.");
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const auto index = std::size_t(y) * std::size_t(size.width) + std::size_t(x);
                if (prompt.previous->values[index] > 0)
                    labels.at<uchar>(y, x) = cv::GC_PR_FGD;
            }
        }
    } else if (!prompt.box) {
        // Nothing but clicks: what surrounds a foreground click is probably of the object.
        for (const PointPrompt &point : prompt.points) {
            if (point.label == PointLabel::Foreground)
                cv::circle(labels, cv::Point2d(point.position.x, point.position.y), shorter / 6,
                           cv::Scalar(cv::GC_PR_FGD), cv::FILLED);
        }
    }
    if (prompt.box) {
        const cv::Rect rect = rectOf(*prompt.box, size);
        cv::Mat framed(labels.size(), CV_8U, cv::Scalar(cv::GC_BGD));
        if (prompt.previous)
            labels(rect).copyTo(framed(rect));
        else
            framed(rect) = cv::GC_PR_FGD;
        labels = framed;
    }
    for (const PointPrompt &point : prompt.points) {
        const bool on = point.label == PointLabel::Foreground;
        cv::circle(labels, cv::Point2d(point.position.x, point.position.y), discRadius,
                   cv::Scalar(on ? cv::GC_FGD : cv::GC_BGD), cv::FILLED);
    }
    return labels;
}

/// GrabCut fits a mixture of five colours to each side and fails on fewer pixels.
bool hasBothSides(const cv::Mat &labels)
{
    constexpr int colours = 5;
    const int foreground = cv::countNonZero(labels & 1); // GC_FGD and GC_PR_FGD are odd
    return foreground >= colours && int(labels.total()) - foreground >= colours;
}

MaskCandidate candidateOf(const cv::Mat &labels, Size size)
{
    MaskCandidate candidate{Mask(size), {}, 0, 1};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x)
            candidate.mask.set(x, y, labels.at<uchar>(y, x) & 1);
    }
    candidate.logits.size = size;
    candidate.logits.values.reserve(candidate.mask.pixels.size());
    for (const std::uint8_t on : candidate.mask.pixels)
        candidate.logits.values.push_back(on ? priorLogit : -priorLogit);
    return candidate;
}

} // namespace

GrabCutSegmenter::GrabCutSegmenter()
{
    m_info.architecture = "GrabCut";
    m_info.modelName = "grabcut";
    m_info.precision = "fp64";
    m_info.weightsDigest = "none";
}

std::shared_ptr<const ImageEmbedding> GrabCutSegmenter::encode(ImageView image, std::stop_token,
                                                               const EncodeProgress &progress)
{
    auto embedding = std::make_shared<PixelEmbedding>(image);
    if (progress)
        progress(1);
    return embedding;
}

std::vector<MaskCandidate> GrabCutSegmenter::decode(const ImageEmbedding &embedding,
                                                    const Prompt &prompt)
{
    const auto &picture = dynamic_cast<const PixelEmbedding &>(embedding);
    const Size size = picture.geometry().original;
    cv::Mat labels = initialLabels(prompt, size);
    if (hasBothSides(labels)) {
        cv::theRNG().state = 0; // its k-means start at random; the same prompt gives the same mask
        cv::Mat background, foreground;
        cv::grabCut(picture.pixels(), labels, {}, background, foreground, iterations,
                    cv::GC_INIT_WITH_MASK);
    }
    std::vector<MaskCandidate> candidates;
    candidates.push_back(candidateOf(labels, size));
    return candidates;
}

} // namespace core
