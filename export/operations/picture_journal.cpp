// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_journal.h"

#include "core/error.h"
#include "core/file/atomic_file.h"
#include "core/file/leftovers.h"
#include "core/mask/rle_measure.h"
#include "export/json/foreign_keys.h"
#include "export/operations/finished_run.h"
#include "export/operations/picture_result_json.h"

#include <nlohmann/json.hpp>

namespace exporters
{
namespace fs = std::filesystem;

namespace
{

std::size_t dropEmpty(PictureResult &result)
{
    return std::erase_if(result.annotations, [](const core::Annotation &annotation) {
        return annotation.hasMask() && core::area(annotation.mask) == 0;
    });
}

/// The results as a dataset; each is read when it is written.
class JournalSource : public AnnotationSource
{
public:
    JournalSource(const core::LineJournal &journal, std::vector<core::Category> categories,
                  const core::ForeignKeys &work)
        : m_journal(journal), m_categories(std::move(categories))
    {
        setForeignKey(m_foreign, runRecordKey, foreignKeys(work));
    }

    void add(std::uint64_t place)
    {
        PictureResult result = resultAt(place);
        m_empty += dropEmpty(result);
        result.image.id = static_cast<core::Id>(m_images.size()) + 1;
        m_images.push_back(std::move(result.image));
        m_places.push_back({place, m_nextId});
        m_nextId += static_cast<core::Id>(result.annotations.size());
    }

    /// Masks without a pixel: they are no annotations, and must not take up numbers.
    std::size_t empty() const { return m_empty; }

    core::ForeignKeys foreign() override { return m_foreign; }
    std::vector<core::Category> categories() override { return m_categories; }
    std::vector<core::ImageRecord> images() override { return m_images; }
    std::vector<core::Annotation> annotations(core::Id imageId) override
    {
        const Place &place = m_places.at(std::size_t(imageId) - 1);
        PictureResult result = resultAt(place.line);
        dropEmpty(result);
        core::Id id = place.firstId;
        for (core::Annotation &annotation : result.annotations) {
            annotation.imageId = imageId;
            annotation.id = id++;
        }
        return std::move(result.annotations);
    }

private:
    struct Place {
        std::uint64_t line;
        core::Id firstId; ///< of the annotations
    };
    PictureResult resultAt(std::uint64_t place) const
    {
        auto result = resultFrom(m_journal.lineAt(place));
        if (!result)
            throw core::Error(core::ErrorKind::FileUnreadable,
                              "The journal of this run has changed while it was read.");
        return *std::move(result);
    }

    const core::LineJournal &m_journal;
    std::vector<core::Category> m_categories;
    core::ForeignKeys m_foreign;
    std::vector<core::ImageRecord> m_images;
    std::vector<Place> m_places; ///< of the images
    core::Id m_nextId = 1;
    std::size_t m_empty = 0;
};

/// A target that cannot be written is told before the work.
const fs::path &writable(const fs::path &target)
{
    const core::AtomicFile probe(target);
    return target;
}

bool isThere(const fs::path &file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

} // namespace

fs::path PictureJournal::fileFor(const fs::path &target)
{
    fs::path file = target.has_filename() ? target : target.parent_path();
    file += ".part.jsonl";
    return file;
}

bool PictureJournal::isFinished(const fs::path &target)
{
    return isThere(target) && !isThere(fileFor(target));
}

PictureJournal::PictureJournal(const fs::path &target, RunDescription description, bool resume)
    : m_target(writable(target)), m_description(std::move(description)),
      m_goesOn(resume && isFinished(target)), m_journal(fileFor(target))
{
    readKept(resume);
    if (m_goesOn && m_results.empty()) {
        try {
            std::error_code ignored;
            const auto madeAt = fs::last_write_time(target, ignored);
            FinishedRun(target, m_description).forEach([&](PictureResult result) {
                result.madeAt = madeAt;
                add(std::move(result));
            });
        } catch (...) {
            remove(); // it would hide that the target is finished
            throw;
        }
    }
    // Only one run has the journal, so what lies there of the target is of one that was killed.
    const fs::path folder = target.parent_path();
    core::removeLeftovers(folder.empty() ? "." : folder, [&target](const std::string &name) {
        return name == target.filename().string();
    });
}

void PictureJournal::readKept(bool resume)
{
    const auto refuse = [this](const std::string &why) {
        throw core::Error(core::ErrorKind::FileUnwritable,
                          "\"" + fileFor(m_target).string() + "\" " + why);
    };
    const core::ForeignKeys description =
        joinedForeignKeys(m_description.work, m_description.place);
    core::ForeignKeys kept;
    m_journal.read([&](std::string_view line, std::uint64_t place) {
        if (place == 0)
            kept = line;
        else if (auto result = resultFrom(line))
            m_results[std::move(result->key)] = {
                place, result->madeAt.value_or(fs::file_time_type::max())};
    });
    if (m_results.empty()) { // nothing that could get lost
        m_journal.clear();
        m_journal.append(description.empty() ? "{}" : description);
        return;
    }
    if (!resume)
        refuse("was left by a run that was broken off. Go on with it (--resume), or delete it to "
               "begin anew.");
    const std::string differing = differences(kept, description);
    if (!differing.empty())
        refuse("was left by a run that differs in " + differing +
               ". Repeat the command of then with --resume, or delete the file to begin anew.");
}

void PictureJournal::add(PictureResult result)
{
    if (!result.madeAt)
        result.madeAt = fs::file_time_type::clock::now();
    const std::uint64_t place = m_journal.append(toLine(result));
    m_results[std::move(result.key)] = {place, *result.madeAt};
}

std::optional<fs::file_time_type> PictureJournal::madeAt(const std::string &key) const
{
    const auto kept = m_results.find(key);
    return kept == m_results.end() ? std::nullopt : std::optional(kept->second.madeAt);
}

WriteSummary PictureJournal::write(std::span<const std::string> keys,
                                   std::vector<core::Category> categories, const Format &format,
                                   const WriteOptions &options) const
{
    JournalSource source(m_journal, std::move(categories), m_description.work);
    for (const std::string &key : keys) {
        if (const auto kept = m_results.find(key); kept != m_results.end())
            source.add(kept->second.place);
    }
    WriteSummary summary = format.write(source, m_target, options);
    if (source.empty() > 0)
        summary.lose("objects without a pixel were left out", source.empty());
    return summary;
}

} // namespace exporters
