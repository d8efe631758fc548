// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/formats/coco/coco_annotation.h"

#include <atomic>
#include <filesystem>

namespace exporters
{

/// What other programs get wrong in COCO files, beside what breaks the format. Rules: area-missing,
/// area (differs from the mask's pixels), bbox-missing, bbox-differs (from the mask's box),
/// score-range, polygon-outside, polygon-crossing, all-crowds (every run length is marked as a
/// crowd and no single object is a polygon, as COCO has it: whoever wrote it took run lengths for a
/// mark of crowds).
///
/// COCO's own polygons have areas and boxes of the polygons, not of their pixels: those are right,
/// too, and both may differ by what the border can.
class CocoChecks
{
public:
    explicit CocoChecks(const std::filesystem::path &file) : m_file(file.string()) {}

    /// Of an entry that could be read. May be called on several threads at a time.
    void check(const CocoEntry &entry, std::vector<Finding> &findings);
    /// What shows only at the end.
    void finish(Findings &findings) const;

private:
    class Entry;

    std::string m_file;
    std::atomic<std::size_t> m_withRuns = 0;
    std::atomic<std::size_t> m_crowds = 0;   ///< among those
    std::atomic<bool> m_hasPolygons = false; ///< of single objects
};

} // namespace exporters
