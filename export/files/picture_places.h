// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/files/output_folder.h"
#include "export/format.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace exporters
{

/// Where the pictures of a dataset go in formats that keep train, val and test in folders and name
/// annotations after pictures without their ending.
class PicturePlaces
{
public:
    struct Place {
        std::string split;  ///< "train", "val" or "test"
        std::string stem;   ///< "sub/a", unique in its split
        std::string ending; ///< ".jpg"
    };

    /// All of which must outlive this.
    PicturePlaces(OutputFolder &out, const WriteOptions &options, WriteSummary &summary)
        : m_out(out), m_options(options), m_summary(summary)
    {
    }

    /// Of two pictures that differ in their ending alone the second gets another name if pictures
    /// are taken along; otherwise it has no place, which is counted as a loss.
    std::optional<Place> placeOf(const core::ImageRecord &image);

    /// Links or copies the picture to `target`, if so asked. One that is not there is counted.
    void take(const core::ImageRecord &image, const std::string &target);

private:
    OutputFolder &m_out;
    const WriteOptions &m_options;
    WriteSummary &m_summary;
    std::set<std::string, std::less<>> m_taken; ///< "train/sub/a"
};

} // namespace exporters
