// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QString>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ui
{

/// A project's images in natural order of their names, found by id and searched by name. Making one
/// for a hundred thousand images takes longer than a frame: that is the project thread's work; what
/// can be asked here is quick.
class ImageTable
{
public:
    ImageTable() = default;
    explicit ImageTable(std::vector<core::ImageRecord> images);

    const std::vector<core::ImageRecord> &images() const { return m_images; }
    int rowOf(core::Id image) const; ///< -1: not here
    const core::ImageRecord *find(core::Id image) const;
    /// Replaces the record that has this id; its name stays.
    void update(const core::ImageRecord &image);
    /// The rows whose names contain the text, in any case, in order.
    std::vector<std::uint32_t> search(const QString &text) const;

private:
    std::vector<core::ImageRecord> m_images;
    std::vector<std::string> m_folded;                      ///< names without case
    std::vector<std::pair<core::Id, std::uint32_t>> m_rows; ///< in order of id
};

} // namespace ui
