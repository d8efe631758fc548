// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <CLI/CLI.hpp>

#include <string>

namespace cli
{

/// What the commands that read and write datasets share: --from, --to, --images and the options of
/// writing.
struct DatasetOptions {
    std::string from;
    std::string to = "coco";
    std::string images;
    std::string segmentation = "rle";
    std::string parts = "bridged";
    std::string overlap = "last";
    double simplify = 0;
    bool maskShapes = false;
    std::string pictures = "leave";

    const exporters::Format *fromFormat() const; ///< null: to be recognised
    const exporters::Format &toFormat() const;
    exporters::ReadOptions read() const;
    exporters::WriteOptions write() const;
};

void addReadOptions(CLI::App &command, DatasetOptions &options);
/// Without --to, which some commands require.
void addWriteOptions(CLI::App &command, DatasetOptions &options);
CLI::Option *addFormatOption(CLI::App &command, DatasetOptions &options);

/// Every format by name and title, for the end of --help.
std::string formatList();

/// Findings and what was left out, on stderr. Returns whether nothing was broken.
bool sayFindings(const exporters::Findings &findings);
void sayLosses(const exporters::WriteSummary &summary, const exporters::Format &format);

/// "1 image", "2 images"
std::string counted(std::size_t count, const std::string &one);

} // namespace cli
