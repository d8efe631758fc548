// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/scene_source.h"

#include <filesystem>
#include <vector>

namespace core
{

/// Writes a contact sheet as PNG: one row per `columns` scenes, each the picture beside its label
/// maps in random colours, for people to look at. Throws core::Error(FileUnwritable).
void writePreview(const std::vector<TrainingScene> &scenes, int columns,
                  const std::filesystem::path &path);

} // namespace core
