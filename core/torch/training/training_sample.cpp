// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/training_sample.h"

#include "core/mask/mask_measure.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/training/region_picker.h"

#include <algorithm>

namespace core
{
namespace
{

constexpr float closerShare = 0.5f; // of the crops lie around one region, as closer looks do
constexpr int leastCloserSide = 64; // pixels of the scene

CropWindow randomWindow(Size size, Random &random)
{
    const int largest = std::min(size.width, size.height);
    const float share = random.chance(0.5f) ? 1 : random.uniform(0.5f, 1);
    const int side = std::max(32, int(float(largest) * share));
    return {random.between(0, size.width - side), random.between(0, size.height - side), side};
}

/// A part of `window` around the region of it, which fills half to four fifths of its side; less
/// where that would be too few pixels.
CropWindow closerWindow(const CropWindow &window, const Mask &region, Random &random)
{
    const PixelRect box = boundingBox(region);
    const int longer = std::max(box.width, box.height);
    const int side = std::clamp(int(float(longer) * random.uniform(1.25f, 1.9f)),
                                std::min(leastCloserSide, window.side), window.side);
    const auto start = [&](int from, int length) {
        const float middle =
            float(from) + 0.5f * float(length) + float(longer) * random.uniform(-0.08f, 0.08f);
        return std::clamp(int(middle) - side / 2, 0, window.side - side);
    };
    const int x = start(box.x, box.width);
    return {window.x + x, window.y + start(box.y, box.height), side};
}

Mask partOf(const Mask &mask, int left, int top, int side)
{
    Mask part({side, side});
    for (int y = 0; y < side; ++y)
        std::copy_n(mask.row(top + y) + left, side, part.row(y));
    return part;
}

/// (3, S, S) bytes of an RGB picture.
torch::Tensor planes(const Image &image)
{
    const auto bytes = torch::from_blob(const_cast<std::uint8_t *>(image.pixels.data()),
                                        {image.size.height, image.size.width, 3}, torch::kByte);
    return bytes.permute({2, 0, 1}).clone(at::MemoryFormat::Contiguous);
}

/// Up to three masks travel through the picture's own filter as the channels of one picture.
torch::Tensor shrunkTargets(const std::vector<Mask> &masks, int side)
{
    Image image(masks.front().size);
    for (std::size_t m = 0; m < masks.size(); ++m) {
        for (std::size_t i = 0; i < masks[m].pixels.size(); ++i)
            image.pixels[3 * i + m] = masks[m].pixels[i] ? 255 : 0;
    }
    const auto shrunk = planes(resizeBilinear(image.view(), {side, side}));
    return shrunk.slice(0, 0, std::int64_t(masks.size())).contiguous();
}

torch::Tensor withOtherColours(const torch::Tensor &image, Random &random)
{
    if (random.chance(0.5f))
        return image;
    const float contrast = random.uniform(0.8f, 1.2f);
    const auto shift =
        torch::tensor({random.normal(0, 9), random.normal(0, 9), random.normal(0, 9)});
    const auto other = image.to(torch::kFloat).mul(contrast).add(115 * (1 - contrast));
    return other.add(shift.view({3, 1, 1})).round().clamp(0, 255).to(torch::kByte);
}

} // namespace

std::optional<TrainingSample> makeSample(const TrainingScene &scene, int side, int targets,
                                         Random &random)
{
    CropWindow window = randomWindow(scene.image.size, random);
    std::vector<Mask> masks;
    if (random.chance(closerShare)) {
        const auto region = pickRegion(scene, window, random);
        if (!region)
            return std::nullopt;
        const CropWindow closer = closerWindow(window, *region, random);
        masks.push_back(partOf(*region, closer.x - window.x, closer.y - window.y, closer.side));
        window = closer;
    }
    while (masks.size() < std::size_t(targets)) {
        auto mask = pickRegion(scene, window, random);
        if (!mask && masks.empty())
            return std::nullopt;
        masks.push_back(mask ? std::move(*mask) : masks.front()); // two people may want the same
    }
    ImageView crop = scene.image.view();
    crop.data = crop.row(window.y) + 3 * window.x;
    crop.size = {window.side, window.side};

    TrainingSample sample;
    sample.image = withOtherColours(planes(resizeBilinear(crop, {side, side})), random);
    sample.targets = shrunkTargets(masks, side / 2);
    if (random.chance(0.5f)) {
        sample.image = sample.image.flip({2});
        sample.targets = sample.targets.flip({2});
    }
    return sample;
}

} // namespace core
