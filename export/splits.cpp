// SPDX-License-Identifier: Apache-2.0
#include "export/splits.h"

#include "export/json/foreign_keys.h"

#include <nlohmann/json.hpp>

namespace exporters
{

std::string splitOf(const core::ImageRecord &image)
{
    const nlohmann::ordered_json keys = foreignKeys(image.foreign);
    const auto split = keys.find("split");
    return split != keys.end() && split->is_string() ? split->get<std::string>() : std::string();
}

void setSplit(core::ImageRecord &image, const std::string &split)
{
    setForeignKey(image.foreign, "split", split);
}

std::string targetSplit(const core::ImageRecord &image, const WriteOptions &options)
{
    std::string split = options.split ? options.split(image) : splitOf(image);
    return split.empty() ? "train" : split;
}

} // namespace exporters
