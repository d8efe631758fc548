// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// "sub/a.b" of "sub/a.b.jpg".
std::string_view withoutEnding(std::string_view name);
/// "a.jpg" of "sub/a.jpg".
std::string_view withoutFolders(std::string_view name);

/// Names for files that are written one a picture: its own without its ending, and a number where
/// two pictures differ in the ending alone ("a", "a_2").
class MapNames
{
public:
    std::string nameOf(const core::ImageRecord &image)
    {
        return unique(std::string(withoutEnding(image.fileName)));
    }
    std::string unique(const std::string &name);

private:
    std::set<std::string, std::less<>> m_used;
};

/// The files in `folder` and below whose names end with `ending`, with forward slashes, relative to
/// it, in natural order; none without a folder; FileUnreadable when it breaks off, and Cancelled.
/// Names that begin with a dot are left out, links followed as core::VisitedFolders says.
std::vector<std::string> filesBelow(const std::filesystem::path &folder, std::string_view ending,
                                    const std::stop_token &stop = {});

} // namespace exporters
