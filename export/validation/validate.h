// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <filesystem>
#include <stop_token>

namespace exporters
{

struct ValidateOptions {
    const Format *format = nullptr; ///< null: recognised
    /// Where the pictures lie: whether they are there and as large as said. Empty: not looked at.
    std::filesystem::path imageFolder = {};
};

struct Validation {
    const Format *format = nullptr;
    Findings findings;
    core::Dataset dataset; ///< what could be read, mended: writing it gives a corrected copy
};

/// Everything in `input` that breaks its format or that other programs read wrong, each with a
/// stable rule: what reading finds, then names of pictures and categories, the pictures themselves,
/// and in COCO files boxes, areas, crowds, scores and the shape of polygons (see coco_checks.h).
/// A file that cannot be read as a whole is one finding by the rule "file".
///
/// Throws core::Error(FileNotFound, FileUnreadable, Cancelled), and BadDataset when no format
/// recognises the input.
Validation validate(const std::filesystem::path &input, const ValidateOptions &options = {},
                    std::stop_token stop = {}, const Progress &progress = {});

} // namespace exporters
