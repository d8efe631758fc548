// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_reader.h"

#include "export/entry.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_fields.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>
#include <thread>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

/// Elements that are parsed together, so that threads are worth their start.
constexpr std::size_t batchBytes = std::size_t{4} << 20;
constexpr unsigned mostThreads = 4;

template <typename Record>
core::Id largestId(const std::vector<Record> &records)
{
    core::Id largest = 0;
    for (const Record &record : records)
        largest = std::max(largest, record.id);
    return largest;
}

/// Copies of elements, parsed on all processors and taken in their order.
class Batch
{
public:
    void add(std::size_t index, const JsonPiece &element)
    {
        m_elements.push_back(
            {index, m_text.size(), element.text.size(), element.position, element.isTooLarge});
        m_text += element.text;
    }
    bool isFull() const { return m_text.size() >= batchBytes; }

    std::vector<CocoAnnotation> parse(const CocoAnnotationParser &parser) const
    {
        std::vector<CocoAnnotation> parsed(m_elements.size());
        const std::size_t threads =
            std::clamp(std::thread::hardware_concurrency(), 1u, mostThreads);
        const auto parseShare = [&](std::size_t share) {
            const std::size_t end = m_elements.size() * (share + 1) / threads;
            for (std::size_t i = m_elements.size() * share / threads; i < end; ++i) {
                const Element &e = m_elements[i];
                const std::string_view text = std::string_view(m_text).substr(e.begin, e.size);
                parsed[i] = parser.parse(e.index, {text, e.position, e.isTooLarge});
            }
        };
        std::vector<std::future<void>> others;
        for (std::size_t share = 1; share < threads; ++share)
            others.push_back(std::async(std::launch::async, parseShare, share));
        parseShare(0); // an error here waits for the others as it leaves
        for (std::future<void> &other : others)
            other.get();
        return parsed;
    }
    void clear()
    {
        m_elements.clear();
        m_text.clear();
    }

private:
    struct Element {
        std::size_t index;
        std::size_t begin; ///< in the text
        std::size_t size;
        std::uint64_t position; ///< in the file
        bool isTooLarge;        ///< see JsonPiece
    };
    std::vector<Element> m_elements;
    std::string m_text;
};

class CocoReader
{
public:
    CocoReader(const std::filesystem::path &file, std::stop_token stop, const CocoCheck &check)
        : m_file(file), m_stop(std::move(stop)), m_check(check)
    {
    }

    ReadResult read(const Progress &progress);

private:
    using Add = void (CocoReader::*)(const JsonFields &fields, std::string_view text);
    /// Calls `add` for each element of the open list; what it refuses is a finding.
    void readTable(JsonSource &source, const char *list, Add add);
    void keepForeign(const std::string &key, const JsonPiece &value, std::string &foreign);
    void addImage(const JsonFields &image, std::string_view text);
    void addCategory(const JsonFields &category, std::string_view text);
    void readAnnotations(JsonSource &source);
    void take(std::vector<CocoAnnotation> &&parsed);
    void giveIds();
    void warn(const char *rule, const std::string &place, const std::string &sentence)
    {
        m_findings.add({Severity::Warning, rule, m_file.string(), place, sentence});
    }

    std::filesystem::path m_file;
    std::stop_token m_stop;
    const CocoCheck &m_check;
    core::Dataset m_dataset;
    Findings m_findings;
    std::unordered_map<core::Id, core::Size> m_imageSizes;
    std::unordered_set<core::Id> m_categoryIds;
    std::unordered_set<core::Id> m_annotationIds;
};

void CocoReader::readTable(JsonSource &source, const char *list, Add add)
{
    while (const std::optional<JsonPiece> piece = source.nextElement()) {
        std::string place = cocoPlace(list, source.index(), {});
        try {
            const Json element = parseJson(m_file, *piece);
            place = cocoPlace(list, source.index(), element);
            (this->*add)(JsonFields(element, place), piece->text);
        } catch (const EntryError &error) {
            m_findings.add(findingOf(error, {m_file.string(), place}));
        }
    }
}

void CocoReader::keepForeign(const std::string &key, const JsonPiece &value, std::string &foreign)
{
    try {
        parseJson(m_file, value);
        foreign += foreign.empty() ? "{" : ",";
        foreign.append(Json(key).dump()).append(":").append(value.text);
    } catch (const EntryError &error) {
        m_findings.add(findingOf(error, {m_file.string(), "\"" + key + "\""}));
    }
}

void CocoReader::addImage(const JsonFields &image, std::string_view text)
{
    core::ImageRecord record{image.id("id"), image.text("file_name"),
                             image.size("width", "height")};
    if (record.id == 0)
        warn("id-zero", image.where(), "has the id 0; it gets the next free one.");
    if (record.fileName.find('\\') != record.fileName.npos)
        warn("name-backslash", image.where(),
             "has backslashes in its \"file_name\"; they were read as slashes.");
    std::ranges::replace(record.fileName, '\\', '/');
    if (m_imageSizes.contains(record.id))
        image.refuse("has an id that another image has, too", "id-twice");
    record.foreign = foreignKeysIn(text, {"id", "file_name", "width", "height"});
    m_imageSizes.emplace(record.id, record.size);
    m_dataset.images.push_back(std::move(record));
}

void CocoReader::addCategory(const JsonFields &category, std::string_view text)
{
    core::Category record;
    record.id = category.id("id");
    record.name = category.text("name");
    record.supercategory = category.textOr("supercategory", "");
    record.isThing = category.find("isthing") == nullptr || category.flag("isthing");
    if (record.id == 0)
        warn("id-zero", category.where(),
             "has the id 0, which trainers take for the background; it gets the next free one.");
    if (m_categoryIds.contains(record.id))
        category.refuse("has an id that another category has, too", "id-twice");
    record.foreign = foreignKeysIn(text, {"id", "name", "supercategory", "isthing"});
    m_categoryIds.insert(record.id);
    m_dataset.categories.push_back(std::move(record));
}

void CocoReader::readAnnotations(JsonSource &source)
{
    const CocoAnnotationParser parser(m_file, m_imageSizes, m_categoryIds, m_check);
    Batch batch;
    const auto parse = [&] {
        take(batch.parse(parser));
        batch.clear();
    };
    while (const std::optional<JsonPiece> element = source.nextElement()) {
        batch.add(source.index(), *element);
        if (batch.isFull())
            parse();
    }
    parse();
}

void CocoReader::take(std::vector<CocoAnnotation> &&parsed)
{
    for (CocoAnnotation &one : parsed) {
        for (Finding &finding : one.findings)
            m_findings.add(std::move(finding));
        if (one.isLeftOut)
            continue;
        core::Id &id = one.annotation.id;
        if (id != 0 && !m_annotationIds.insert(id).second) {
            warn("id-twice", "annotations (id " + std::to_string(id) + ")",
                 "the id is another annotation's, too; this one gets the next free one.");
            id = 0;
        }
        m_dataset.annotations.push_back(std::move(one.annotation));
    }
}

void CocoReader::giveIds()
{
    const core::Id image = largestId(m_dataset.images) + 1;
    const core::Id category = largestId(m_dataset.categories) + 1;
    core::Id annotation = largestId(m_dataset.annotations);
    for (core::ImageRecord &record : m_dataset.images)
        record.id = record.id == 0 ? image : record.id;
    for (core::Category &record : m_dataset.categories)
        record.id = record.id == 0 ? category : record.id;
    for (core::Annotation &record : m_dataset.annotations) {
        record.id = record.id == 0 ? ++annotation : record.id;
        record.imageId = record.imageId == 0 ? image : record.imageId;
        record.categoryId = record.categoryId == 0 ? category : record.categoryId;
    }
}

ReadResult CocoReader::read(const Progress &progress)
{
    double done = 0; // when the file is gone through for the second time, one half
    const auto half = [&](double share) {
        if (progress)
            progress(done + share / 2);
    };
    JsonSource source(m_file, m_stop, half);
    if (source.isList())
        throw core::Error(core::ErrorKind::BadDataset,
                          m_file.string() + " is a bare list; an annotation file is an object "
                                            "with lists in it.");
    bool hasImages = false, hasCategories = false, hasAnnotations = false;
    std::vector<std::uint64_t> later; // lists of annotations that came before what they refer to
    std::string foreign;              // as the file writes it
    while (const std::optional<std::string> key = source.nextKey()) {
        const bool isList = *key == "images" || *key == "categories" || *key == "annotations";
        if (!isList) {
            keepForeign(*key, source.value(), foreign);
            continue;
        }
        const std::uint64_t position = source.position();
        if (!source.openList())
            throw core::Error(core::ErrorKind::BadDataset,
                              m_file.string() + " has something else than a list under \"" + *key +
                                  "\".");
        if (*key == "images") {
            hasImages = true;
            readTable(source, "images", &CocoReader::addImage);
        } else if (*key == "categories") {
            hasCategories = true;
            readTable(source, "categories", &CocoReader::addCategory);
        } else {
            hasAnnotations = true;
            if (hasImages && hasCategories) {
                readAnnotations(source);
                continue;
            }
            later.push_back(position);
            while (source.nextElement()) {
            }
        }
    }
    for (const auto &[list, isThere] :
         {std::pair{"images", hasImages}, std::pair{"annotations", hasAnnotations}}) {
        if (!isThere)
            throw core::Error(core::ErrorKind::BadDataset,
                              m_file.string() + " has no list \"" + list +
                                  "\"; it is no file of COCO instances.");
    }
    if (!foreign.empty())
        m_dataset.foreign = foreign + "}";
    done = 0.5;
    for (const std::uint64_t position : later) {
        source.openListAt(position, "annotations");
        readAnnotations(source);
    }
    giveIds();
    if (progress)
        progress(1);
    return {std::move(m_dataset), std::move(m_findings)};
}

} // namespace

ReadResult readCoco(const std::filesystem::path &file, std::stop_token stop,
                    const Progress &progress, const CocoCheck &check)
{
    return CocoReader(file, std::move(stop), check).read(progress);
}

} // namespace exporters
