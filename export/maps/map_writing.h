// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/files/output_folder.h"
#include "export/format.h"

#include <string>
#include <unordered_map>

namespace exporters
{

/// What writers of maps share.
class MapWriting
{
public:
    MapWriting(std::size_t images, const WriteOptions &options, std::stop_token stop,
               const Progress &progress)
        : m_images(images), m_options(options), m_stop(std::move(stop)), m_progress(progress)
    {
    }

    WriteSummary summary;

    /// To be called before each picture. Throws core::Error(Cancelled).
    void beginPicture();
    /// To be called before the commit. Throws core::Error(Cancelled).
    void finish() const;

    /// Puts the picture itself under `name`, if the options want it there. One that is not to be
    /// found is counted.
    void takePicture(OutputFolder &out, const core::ImageRecord &image, const std::string &name);

private:
    std::size_t m_images;
    const WriteOptions &m_options;
    std::stop_token m_stop;
    const Progress &m_progress;
};

/// What of an annotation beside its mask a format can hold.
struct Holds {
    bool crowd = false;
    bool score = false;
    bool track = false;
};

/// Counts what it cannot.
void countUnheld(const core::Annotation &annotation, Holds holds, WriteSummary &summary);

/// Those without a name are called "class 3" by their place, for lists of names, where an empty
/// line would move the ones behind it.
std::vector<core::Category> namedCategories(std::vector<core::Category> categories);

/// The place of each category among those a format numbers by itself, from 1.
std::unordered_map<core::Id, std::uint32_t>
categoryNumbers(const std::vector<core::Category> &categories);

/// Throws core::Error(BadDataset) for an annotation of a category that is not among them.
void requireCategories(const std::vector<core::Annotation> &annotations,
                       const std::unordered_map<core::Id, std::uint32_t> &categories);

/// ".jpg" of "a.jpg"; empty: none.
std::string endingOf(const std::string &fileName);

} // namespace exporters
