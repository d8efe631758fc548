// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio.h"

#include "export/formats/label_studio/label_studio_reader.h"
#include "export/json/json_glimpse.h"

namespace exporters
{

bool LabelStudio::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(input);
    const auto has = [&](const char *key) { return glimpse.hasKey("", key); };
    // A long first task may hide what comes behind its annotations.
    return glimpse.top == JsonGlimpse::Kind::List &&
           (has("annotations") || has("completions") || (has("predictions") && has("data")));
}

ReadResult LabelStudio::read(const std::filesystem::path &input, const ReadOptions &options,
                             std::stop_token stop, const Progress &progress) const
{
    return readLabelStudio(input, options, std::move(stop), progress);
}

} // namespace exporters
