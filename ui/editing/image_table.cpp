// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/image_table.h"

#include "core/image/natural_order.h"

#include <algorithm>
#include <numeric>

namespace ui
{
namespace
{

std::string folded(const std::string &name)
{
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 128; };
    if (!std::all_of(name.begin(), name.end(), isAscii))
        return QString::fromStdString(name).toCaseFolded().toStdString();
    std::string result = name;
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return result;
}

std::vector<core::ImageRecord> inNaturalOrder(std::vector<core::ImageRecord> images)
{
    std::vector<std::string> keys;
    keys.reserve(images.size());
    for (const core::ImageRecord &image : images)
        keys.push_back(core::naturalKey(image.fileName));
    std::vector<std::uint32_t> order(images.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int compared = keys[a].compare(keys[b]);
        return compared != 0 ? compared < 0 : images[a].fileName < images[b].fileName;
    });
    std::vector<core::ImageRecord> sorted;
    sorted.reserve(images.size());
    for (const std::uint32_t place : order)
        sorted.push_back(std::move(images[place]));
    return sorted;
}

} // namespace

ImageTable::ImageTable(std::vector<core::ImageRecord> images)
    : m_images(inNaturalOrder(std::move(images)))
{
    m_folded.reserve(m_images.size());
    m_rows.reserve(m_images.size());
    for (const core::ImageRecord &image : m_images) {
        m_rows.emplace_back(image.id, std::uint32_t(m_folded.size()));
        m_folded.push_back(folded(image.fileName));
    }
    std::sort(m_rows.begin(), m_rows.end());
}

int ImageTable::rowOf(core::Id image) const
{
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), std::pair(image, 0U));
    return place == m_rows.end() || place->first != image ? -1 : int(place->second);
}

const core::ImageRecord *ImageTable::find(core::Id image) const
{
    const int row = rowOf(image);
    return row < 0 ? nullptr : &m_images[std::size_t(row)];
}

void ImageTable::update(const core::ImageRecord &image)
{
    if (const int row = rowOf(image.id); row >= 0)
        m_images[std::size_t(row)] = image;
}

std::vector<std::uint32_t> ImageTable::search(const QString &text) const
{
    const std::string needle = folded(text.toStdString());
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < m_folded.size(); ++row) {
        if (m_folded[row].find(needle) != std::string::npos)
            rows.push_back(std::uint32_t(row));
    }
    return rows;
}

} // namespace ui
