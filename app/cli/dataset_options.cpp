// SPDX-License-Identifier: Apache-2.0
#include "app/cli/dataset_options.h"

#include "export/formats.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

using exporters::Format;

/// The names of the formats that can do it.
std::vector<std::string> formatNames(bool (Format::*can)() const)
{
    std::vector<std::string> names;
    for (const auto &format : exporters::allFormats()) {
        if (((*format).*can)())
            names.emplace_back(format->name());
    }
    return names;
}

} // namespace

const Format *DatasetOptions::fromFormat() const
{
    return from.empty() ? nullptr : exporters::findFormat(from);
}

const Format &DatasetOptions::toFormat() const
{
    return *exporters::findFormat(to); // its option takes no other name
}

exporters::ReadOptions DatasetOptions::read() const
{
    return {images};
}

exporters::WriteOptions DatasetOptions::write() const
{
    using namespace exporters;
    WriteOptions options;
    options.segmentation = segmentation == "polygon"            ? SegmentationForm::Polygon
                           : segmentation == "rle-uncompressed" ? SegmentationForm::RleUncompressed
                                                                : SegmentationForm::Rle;
    options.parts = parts == "largest" ? PartsForm::Largest : PartsForm::Bridged;
    options.overlap = overlap == "smallest" ? Overlap::SmallestOnTop : Overlap::LastOnTop;
    options.simplify = simplify;
    options.maskShapes = maskShapes;
    options.pictures = pictures == "link"   ? Pictures::Link
                       : pictures == "copy" ? Pictures::Copy
                                            : Pictures::Leave;
    options.imageFolder = images;
    return options;
}

void addReadOptions(CLI::App &command, DatasetOptions &options)
{
    command.add_option("--from", options.from, "Format of the input; default: it is recognised")
        ->check(CLI::IsMember(formatNames(&Format::canRead)));
    command
        .add_option("--images", options.images,
                    "Folder of the pictures, for formats that need their sizes or take them "
                    "along")
        ->check(CLI::ExistingDirectory);
}

CLI::Option *addFormatOption(CLI::App &command, DatasetOptions &options)
{
    return command.add_option("--to", options.to, "Format of what is written")
        ->check(CLI::IsMember(formatNames(&Format::canWrite)));
}

void addWriteOptions(CLI::App &command, DatasetOptions &options)
{
    command
        .add_option("--segmentation", options.segmentation,
                    "Masks in COCO; polygons fill holes, run lengths hold every pixel")
        ->check(CLI::IsMember({"rle", "rle-uncompressed", "polygon"}))
        ->capture_default_str();
    command
        .add_option("--parts", options.parts,
                    "Objects with holes or several parts in formats of outlines: one outline with "
                    "bridges, or the largest part alone")
        ->check(CLI::IsMember({"bridged", "largest"}))
        ->capture_default_str();
    command
        .add_option("--overlap", options.overlap,
                    "Which object has a pixel of several, in formats that allow one")
        ->check(CLI::IsMember({"last", "smallest"}))
        ->capture_default_str();
    command
        .add_option("--simplify", options.simplify,
                    "Outlines may be off by so many pixels to be shorter; 0: exact")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command.add_flag("--mask-shapes", options.maskShapes,
                     "LabelMe: mask shapes instead of polygons; labelme 5.1 and older do not open "
                     "them");
    command
        .add_option("--pictures", options.pictures,
                    "What becomes of the pictures, in formats that have them in their folder")
        ->check(CLI::IsMember({"leave", "link", "copy"}))
        ->capture_default_str();
}

std::string formatList()
{
    std::string text = "Formats:\n";
    for (const auto &format : exporters::allFormats()) {
        std::string name(format->name());
        name.resize(std::max<std::size_t>(name.size(), 16), ' ');
        text += "  " + name + " " + std::string(format->title());
        if (!format->canWrite())
            text += " (read only)";
        if (!format->canRead())
            text += " (written only)";
        text += "\n";
    }
    return text;
}

bool sayFindings(const exporters::Findings &findings)
{
    for (const exporters::Finding &finding : findings.told()) {
        const std::string text = toText(finding) + " [" + finding.rule + "]";
        if (finding.severity == exporters::Severity::Error)
            spdlog::error("{}", text);
        else
            spdlog::warn("{}", text);
    }
    const std::size_t all = findings.errors() + findings.warnings();
    if (all > findings.told().size())
        spdlog::error("And {} more findings.", all - findings.told().size());
    return findings.errors() == 0;
}

void sayLosses(const exporters::WriteSummary &summary, const exporters::Format &format)
{
    for (const exporters::Loss &loss : summary.losses)
        spdlog::warn("{}: {} ({}).", format.title(), loss.what, loss.count);
}

std::string counted(std::size_t count, const std::string &one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

} // namespace cli
