// SPDX-License-Identifier: Apache-2.0
#include "core/training/rendered_scenes.h"

#include "core/training/camera.h"
#include "core/training/material.h"
#include "core/training/noise_field.h"
#include "core/training/painter.h"
#include "core/training/photo_scene.h"

#include <cstring>

namespace core
{

namespace
{

LabelMap toLabelMap(const cv::Mat &ids)
{
    LabelMap map{{ids.cols, ids.rows}, {}};
    map.ids.reserve(ids.total());
    for (int y = 0; y < ids.rows; ++y) {
        const auto *row = ids.ptr<std::uint16_t>(y);
        map.ids.insert(map.ids.end(), row, row + ids.cols);
    }
    return map;
}

Image toImage(const cv::Mat &pixels)
{
    Image image(Size{pixels.cols, pixels.rows});
    for (int y = 0; y < pixels.rows; ++y) {
        std::memcpy(image.row(y), pixels.ptr(y), static_cast<std::size_t>(pixels.cols) * 3);
    }
    return image;
}

} // namespace

struct RenderedScenes::Ingredients {
    NoiseFields noise;
    Material material;
};

RenderedScenes::RenderedScenes(std::uint64_t seed, SceneOptions options)
    : m_seed(Random::mix(seed) ^ (options.split == SceneSplit::Validation ? 0x76616c6964ULL : 0)),
      m_options(std::move(options))
{
    Ingredients ingredients{NoiseFields(m_seed), {}};
    if (!m_options.material.empty()) {
        ingredients.material = Material(m_options.material, m_options.split);
    }
    m_ingredients = std::make_unique<const Ingredients>(std::move(ingredients));
}

RenderedScenes::~RenderedScenes() = default;

TrainingScene RenderedScenes::scene(std::uint64_t index) const
{
    const auto &[noise, material] = *m_ingredients;
    Random random(m_seed, index);
    Canvas canvas({m_options.side, m_options.side});
    const FillSource source{noise, material};
    Painter painter(random, source, canvas);
    cv::Mat pixels;
    if (material.hasPhotos() && random.chance(m_options.photoShare)) {
        paintPhoto(random, material, canvas);
        painter.paintOverPhoto();
    } else {
        painter.paintScene();
    }
    TrainingScene scene{toImage(photograph(random, noise, canvas.pixels)), {}};
    for (const cv::Mat &level : canvas.levels) {
        scene.levels.push_back(toLabelMap(level));
    }
    return scene;
}

} // namespace core
