// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/files/picture_sizes.h"
#include "export/format.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"

#include <initializer_list>
#include <optional>

namespace exporters
{

/// What readers of maps share: numbering, findings, and reading a map whatever is wrong with it.
class MapReading
{
public:
    explicit MapReading(std::stop_token stop, Progress progress)
        : m_stop(std::move(stop)), m_progress(std::move(progress))
    {
    }

    ReadResult result;

    core::Dataset &dataset() { return result.dataset; }

    /// Numbered from 1.
    core::ImageRecord &addImage(std::string fileName, core::Size size);
    core::Annotation &addAnnotation(core::Id imageId, core::Id categoryId, core::Rle mask);

    void error(std::string rule, const std::filesystem::path &file, std::string place,
               std::string sentence);
    void warning(std::string rule, const std::filesystem::path &file, std::string place,
                 std::string sentence);

    /// Calls `read`; what it refuses with BadDataset, in a sentence that begins with `place`,
    /// becomes an error of that rule.
    void guarded(const char *rule, const std::filesystem::path &file, const std::string &place,
                 const std::function<void()> &read);

    /// Nothing when the map cannot be read, which is told.
    std::optional<IndexPng> map(const std::filesystem::path &file);
    /// For a map of RGB: colours become what `values` has for them (toValue() in index_png.h).
    /// False, which is told, when a colour is not there.
    bool replaceColors(IndexMap &map,
                       const std::unordered_map<std::uint32_t, std::uint32_t> &values,
                       const std::filesystem::path &file);
    /// One mask a value, lowest first; none, which is told, when there are too many.
    std::vector<ValueMask> masks(const IndexMap &map, const std::filesystem::path &file);
    /// Whether the picture `name` is of the map's size, or cannot be looked at. Told when not.
    bool fits(const IndexMap &map, const std::filesystem::path &file,
              const PicturesBeside &pictures, const std::string &name);

    /// Throws core::Error(Cancelled) when the reading is to stop.
    void requireRunning() const;
    /// To be called before each of `count` steps. Throws core::Error(Cancelled).
    void step(std::size_t index, std::size_t count);

private:
    std::stop_token m_stop;
    Progress m_progress;
};

/// Throws core::Error(FileNotFound, FileUnreadable) unless `folder` is one, and BadDataset, saying
/// what it is not, unless one of `parts` is in it.
void requireFolder(const std::filesystem::path &folder, std::initializer_list<const char *> parts,
                   const std::string &what);

} // namespace exporters
