// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace exporters
{

/// How the picture of a Label Studio task may be called, in a folder of pictures. Both names are
/// relative and never lead out of it; both are empty when the task does not tell.
struct LabelStudioPicture {
    std::string brief; ///< as people know it: "cat.jpg"
    std::string full;  ///< for tasks whose brief names are the same: "photos/cat.jpg"
    std::string key;   ///< of "data" under which it stands
};

/// From "data": "image", or the first that is called like a picture. Uploads lose the eight digits
/// that Label Studio puts before their names ("1a2b3c4d-cat.jpg"); of local files
/// ("/data/local-files/?d=photos/cat.jpg") the path counts, of addresses their last part.
LabelStudioPicture labelStudioPicture(const nlohmann::json &task);

} // namespace exporters
