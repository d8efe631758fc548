// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <string>

namespace exporters
{

/// What a long run over pictures works with, so that a later one can tell whether results that it
/// finds are what it would make itself.
struct RunDescription {
    core::ForeignKeys work;       ///< model, options, boxes: what a result depends on
    core::ForeignKeys place = {}; ///< folder, shard, version: where and by whom it was begun
};

/// The key under which a finished target keeps RunDescription::work.
inline constexpr const char *runRecordKey = "maskwright_run";

/// The keys whose values differ, for people: "boxes" and "model". Empty: none does.
std::string differences(const core::ForeignKeys &a, const core::ForeignKeys &b);

} // namespace exporters
