// SPDX-License-Identifier: Apache-2.0
#include "core/training/painter.h"

#include "core/training/shading.h"
#include "core/training/stamps.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

namespace
{

constexpr float referenceSide = 256; // radii below are in pixels of a picture of this side

} // namespace

Painter::Painter(Random &random, const FillSource &source, Canvas &canvas)
    : m_random(random), m_source(source), m_canvas(canvas)
{
    if (random.chance(0.2F)) {
        m_camouflage = randomFill(random, source);
    }
    m_stampShare = source.material.hasStamps() ? random.uniform(0, 0.5F) : 0;
    m_softness = random.uniform(0.5F, 1.1F);
}

void Painter::paintScene()
{
    paintBackground();
    const int count = std::max(1, static_cast<int>(m_random.logUniform(2.5F, 30)));
    paintObjects(count);
}

void Painter::paintOverPhoto()
{
    if (m_source.material.hasStamps()) {
        m_stampShare = m_random.uniform(0.3F, 0.75F); // the rest of 0.76 are made-up shapes
    }
    paintObjects(m_random.between(0, 5));
}

void Painter::paintObjects(int count)
{
    for (int i = 0; i < count; ++i) {
        paintObject();
    }
}

void Painter::paintBackground()
{
    const cv::Size size = m_canvas.size();
    const auto fillBox = [&](const Region &region, const Fill &fill) {
        const std::uint16_t id = m_canvas.freshId();
        m_canvas.paint(region, paintFill(m_random, m_source, fill, region.box.size()), {id, id, id},
                       0.8F);
    };
    Fill ground = nextFill();
    if (ground.kind == Fill::Kind::Photo && m_random.chance(0.7F)) {
        ground = nextFill(); // a whole photo holds objects that have no labels here
    }
    fillBox({m_canvas.bounds(), cv::Mat(size, CV_8U, cv::Scalar(255))}, ground);
    if (!m_random.chance(0.5F)) {
        return;
    }
    const int bands = m_random.between(1, 3);
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    float top = m_random.uniform(0.1F, 0.6F) * height;
    for (int i = 0; i < bands; ++i) {
        // From a flat horizon to mountains.
        const float waviness = m_random.logUniform(1, 0.2F * height);
        const cv::Mat noise =
            m_source.noise.sample(m_random, {size.width, 1}, m_random.uniform(0.5F, 1));
        const float slope = m_random.normal(0, 0.1F);
        Outline outline{{width + 4, height + 4}, {-4, height + 4}};
        for (int x = 0; x < size.width; x += 2) {
            const auto fx = static_cast<float>(x);
            outline.emplace_back(fx, top + slope * (fx - 0.5F * width) +
                                         waviness * noise.at<float>(0, x));
        }
        outline.emplace_back(width + 4, outline.back().y);
        const Region region = rasterise({outline}, m_canvas.bounds());
        if (!region.isEmpty()) {
            fillBox(region, nextFill());
        }
        top += m_random.uniform(0.1F, 0.4F) * height;
    }
}

void Painter::paintObject()
{
    const cv::Size size = m_canvas.size();
    const auto side = static_cast<float>(std::min(size.width, size.height));
    const float unit = side / referenceSide;
    const float radius = unit * (m_random.chance(0.5F)
                                     ? std::min(7 / (1 - m_random.uniform()), 0.55F * referenceSide)
                                     : m_random.uniform(10, 90));
    const cv::Point2f centre(m_random.uniform(-0.05F, 1.05F) * static_cast<float>(size.width),
                             m_random.uniform(-0.05F, 1.05F) * static_cast<float>(size.height));
    const float choice = m_random.uniform();
    if (choice < m_stampShare) {
        paintStamp(centre, std::max(radius, 18 * unit) * 1.3F);
    } else if (choice > 0.8F) {
        paintComposite(centre, std::max(radius, 22 * unit) * 1.3F);
    } else if (choice > 0.76F) {
        paintCrowd(centre, std::max(radius, 30 * unit));
    } else {
        paintShape(centre, radius);
    }
}

void Painter::paintShape(cv::Point2f centre, float radius)
{
    const Region region = randomShape(m_random, m_source.noise, centre, radius, m_canvas.bounds());
    if (region.isEmpty()) {
        return;
    }
    if (m_random.chance(0.25F)) {
        dropShadow(m_random, m_canvas, region);
    }
    cv::Mat fill = paintFill(m_random, m_source, nextFill(), region.box.size());
    if (m_random.chance(0.4F)) {
        shadeRound(m_random, fill, region.mask);
    }
    const std::uint16_t id = m_canvas.freshId();
    const std::uint16_t group = nextGroup();
    const float softness = m_random.chance(0.12F) ? m_random.uniform(1.2F, 2.5F) : m_softness;
    const float opacity = m_random.chance(0.05F) ? m_random.uniform(0.45F, 0.85F) : 1.0F;
    m_canvas.paint(region, fill, {id, id, group}, softness, opacity);
    if (m_random.chance(0.35F)) {
        paintParts(region, id, group);
    }
}

void Painter::paintParts(const Region &whole, std::uint16_t object, std::uint16_t group)
{
    const int count = m_random.between(1, 3);
    for (int i = 0; i < count; ++i) {
        Region part{whole.box, whole.mask.clone()};
        const float choice = m_random.uniform();
        const auto width = static_cast<float>(whole.box.width);
        const auto height = static_cast<float>(whole.box.height);
        const cv::Point2f middle(m_random.uniform(0.2F, 0.8F) * width,
                                 m_random.uniform(0.2F, 0.8F) * height);
        cv::Mat keep = cv::Mat::zeros(whole.box.size(), CV_8U);
        const cv::Rect inside({0, 0}, whole.box.size());
        if (choice < 0.35F) {
            // Everything on one side of a line.
            const float reach = width + height;
            const Region half = rasterise(
                {rectangleOutline(middle + cv::Point2f(reach, 0), {reach, reach}, 0)}, inside);
            if (!half.isEmpty()) {
                half.mask.copyTo(keep(half.box));
            }
            if (m_random.chance(0.5F)) {
                cv::Mat lower = cv::Mat::zeros(whole.box.size(), CV_8U);
                lower.rowRange(static_cast<int>(middle.y), whole.box.height).setTo(255);
                keep = lower;
            }
        } else if (choice < 0.75F) {
            const float radius = 0.5F * m_random.uniform(0.15F, 0.7F) * std::min(width, height);
            const Region inner =
                randomShape(m_random, m_source.noise, middle, std::max(radius, 3.0F), inside);
            if (!inner.isEmpty()) {
                inner.mask.copyTo(keep(inner.box));
            }
        } else {
            const cv::Mat noise =
                m_source.noise.sample(m_random, whole.box.size(), m_random.uniform(0.6F, 1));
            keep = noise > m_random.uniform(-0.2F, 1.0F);
        }
        part.mask &= keep;
        if (part.area() < 12) {
            continue;
        }
        const cv::Mat fill = paintFill(m_random, m_source, nextFill(), part.box.size());
        m_canvas.paint(part, fill, {m_canvas.freshId(), object, group}, m_softness);
    }
}

void Painter::paintStamp(cv::Point2f centre, float radius)
{
    const Stamp stamp = randomStamp(m_random, m_source.material, centre, radius, m_canvas.bounds());
    if (stamp.region.isEmpty()) {
        return;
    }
    if (m_random.chance(0.3F)) {
        dropShadow(m_random, m_canvas, stamp.region);
    }
    const std::uint16_t id = m_canvas.freshId();
    m_canvas.paint(stamp.region, stamp.fill, {id, id, nextGroup()}, m_softness);
}

void Painter::paintComposite(cv::Point2f centre, float radius)
{
    Composite pieces = randomComposite(m_random, m_source, centre, radius, m_canvas.bounds());
    if (!pieces.empty() && m_random.chance(0.4F)) {
        dropShadow(m_random, m_canvas, pieces.front().region);
    }
    const std::uint16_t object = m_canvas.freshId();
    paintPieces(std::move(pieces), object, nextGroup());
}

void Painter::paintPieces(Composite pieces, std::uint16_t object, std::uint16_t group)
{
    for (Piece &piece : pieces) {
        cv::Mat fill = paintFill(m_random, m_source, piece.fill, piece.region.box.size());
        if (piece.round) {
            shadeRound(m_random, fill, piece.region.mask);
        }
        m_canvas.paint(piece.region, fill, {m_canvas.freshId(), object, group}, m_softness);
    }
}

void Painter::paintCrowd(cv::Point2f centre, float radius)
{
    const std::uint16_t group = m_canvas.freshId();
    const float size = radius * m_random.uniform(0.12F, 0.4F);
    const int count = m_random.between(5, 26);
    const bool figures = m_random.chance(0.2F);
    const float aspect = m_random.chance(0.5F) ? 1.0F : m_random.uniform(0.5F, 1.8F);
    const Fill fill = m_random.chance(0.6F)
                          ? plainFill(m_random, m_source.material.colour(m_random))
                          : nextFill();
    const float variety = m_random.uniform(2, 18);
    std::vector<cv::Point2f> places;
    for (int i = 0; i < count; ++i) {
        const float distance = radius * std::sqrt(m_random.uniform());
        const float angle = m_random.angle();
        places.push_back(centre + distance * cv::Point2f(std::cos(angle), std::sin(angle)));
    }
    // The nearest stand lowest and are painted last.
    std::sort(places.begin(), places.end(), [](auto &a, auto &b) { return a.y < b.y; });
    for (const cv::Point2f &place : places) {
        const float r = size * m_random.uniform(0.8F, 1.2F);
        const std::uint16_t object = m_canvas.freshId();
        if (figures) {
            paintPieces(figure(m_random, m_source, place, r * 1.5F, m_canvas.bounds()), object,
                        group);
            continue;
        }
        const Outline outline =
            m_random.chance(0.5F)
                ? blobOutline(m_random, place, r, aspect)
                : ellipseOutline(place, {r * aspect, r / aspect}, m_random.normal(0, 0.4F));
        const Region region = rasterise({outline}, m_canvas.bounds());
        if (region.isEmpty()) {
            continue;
        }
        cv::Mat pixels =
            paintFill(m_random, m_source, variedFill(m_random, fill, variety), region.box.size());
        dropShadow(m_random, m_canvas, region);
        shadeRound(m_random, pixels, region.mask);
        m_canvas.paint(region, pixels, {object, object, group}, m_softness);
    }
}

Fill Painter::nextFill()
{
    if (m_camouflage) {
        return variedFill(m_random, *m_camouflage, 12);
    }
    if (!m_usedFills.empty() && m_random.chance(0.15F)) {
        return m_usedFills[static_cast<std::size_t>(
            m_random.index(static_cast<int>(m_usedFills.size())))];
    }
    m_usedFills.push_back(randomFill(m_random, m_source));
    return m_usedFills.back();
}

std::uint16_t Painter::nextGroup()
{
    if (m_lastGroup == 0 || !m_random.chance(0.15F)) {
        m_lastGroup = m_canvas.freshId();
    }
    return m_lastGroup;
}

} // namespace core
