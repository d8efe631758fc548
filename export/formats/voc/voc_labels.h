// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// In VOC's pictures the border of objects, which belongs to none.
inline constexpr std::uint32_t vocVoid = 255;
/// 1 to 254: 0 is the background, 255 the void.
inline constexpr std::size_t mostVocValues = 254;

/// The colours of VOC's indexed pictures: the bits of the index go, three by three, to the high
/// bits of red, green and blue. 1 is 128,0,0; 2 is 0,128,0; 255 is 224,224,192.
const std::array<core::Color, 256> &vocPalette();

/// Value of a pixel in a PNG of RGB (toValue() in index_png.h) -> index; some programs write the
/// pictures as plain colours.
std::unordered_map<std::uint32_t, std::uint32_t>
valuesOfColors(std::span<const core::Color> colors);

/// The twenty classes of VOC 2012 in the order of their indices, from 1 on.
std::span<const std::string_view> vocClasses();

/// The labels of labelmap.txt, lines of "name:red,green,blue:parts:actions", in their order; the
/// first is most often "background". A name may be empty, so that the others keep their index; one
/// that begins with '#' is a comment only where no colour follows. Lines that are none are left out
/// and returned in `broken`.
std::vector<core::Category> parseLabelMap(std::string_view text, std::vector<std::size_t> &broken);

/// The categories of a VOC dataset being read, by index and by name. Their ids are 1, 2, ...
class VocCategories
{
public:
    /// `categories`: where they go, empty yet; must outlive this.
    explicit VocCategories(std::vector<core::Category> &categories) : m_categories(categories) {}

    /// In the order of their indices, from 1 on.
    void add(const std::string &name, core::Color color);
    core::Id ofName(const std::string &name);
    /// Classes up to one that nothing names are called "class 21".
    core::Id ofIndex(std::uint32_t index);

private:
    std::vector<core::Category> &m_categories;
    std::unordered_map<std::string, core::Id> m_byName;
};

std::string labelMapText(const std::vector<std::string> &names);

} // namespace exporters
