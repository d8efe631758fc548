// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme/labelme_reader.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/natural_order.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "export/entry.h"
#include "export/files/picture_size.h"
#include "export/formats/labelme/labelme_picture.h"
#include "export/formats/labelme/labelme_shape.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_file.h"
#include "export/records/named_categories.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <map>
#include <unordered_set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// The JSON files below `folder`, in natural order of their paths. Links to folders are not
/// followed, so that none leads around in circles.
std::vector<fs::path> jsonFilesBelow(const fs::path &folder, const std::stop_token &stop)
{
    std::vector<std::string> names;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                           error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled,
                              "Reading " + folder.string() + " was stopped.");
        std::error_code ignored;
        if (entry->path().extension() == ".json" && entry->is_regular_file(ignored))
            names.push_back(entry->path().string());
    }
    if (error) // it ends the loop, too
        throw core::readError(folder, error.value());
    std::ranges::sort(names, core::naturalLess);
    return {names.begin(), names.end()};
}

/// Without what labelme writes when there is nothing to say.
core::ForeignKeys foreignOf(const Json &element, std::initializer_list<std::string_view> known)
{
    nlohmann::ordered_json keys = foreignKeys(foreignKeysOf(element, known));
    for (const char *key : {"flags", "description", "group_id"}) {
        const auto found = keys.find(key);
        if (found != keys.end() && (found->empty() || *found == ""))
            keys.erase(found);
    }
    return keys.empty() ? core::ForeignKeys() : keys.dump();
}

class LabelMeReader
{
public:
    LabelMeReader(const fs::path &root, const ReadOptions &options)
        : m_root(root), m_options(options)
    {
    }

    /// Throws core::Error(BadDataset) when the file as a whole is no use.
    void add(const fs::path &file);
    void addOrTell(const fs::path &file);
    ReadResult finish();
    bool hasImages() const { return !m_dataset.images.empty(); }

private:
    core::Size sizeOf(const JsonFields &fields, const Json &file, const std::string &name) const;
    void addShape(const JsonFields &shape, const Json &element, const core::ImageRecord &image);
    core::Annotation &objectOf(const std::string &label, const Json *group, core::Id imageId,
                               bool &isNew);

    fs::path m_root;
    const ReadOptions &m_options;
    core::Dataset m_dataset;
    Findings m_findings;
    NamedCategories m_categories;
    std::unordered_set<std::string> m_names;
    /// Of the file being read: label and group to the index of the annotation.
    std::map<std::pair<std::string, std::string>, std::size_t> m_groups;
    EntryPlace m_place;
};

core::Size LabelMeReader::sizeOf(const JsonFields &fields, const Json &file,
                                 const std::string &name) const
{
    core::Size size;
    if (fields.find("imageWidth") != nullptr && fields.find("imageHeight") != nullptr)
        size = fields.size("imageWidth", "imageHeight");
    if (size.isEmpty())
        size = labelMeEmbeddedSize(file);
    if (size.isEmpty())
        size = pictureSize(name, std::array{m_options.imageFolder, m_root});
    if (size.isEmpty())
        fields.refuse("does not say how large its picture is, and \"" + name +
                      "\" is not there to tell");
    requirePictureSize(size);
    return size;
}

/// The object a shape belongs to: a new one unless one of its label and group is there.
core::Annotation &LabelMeReader::objectOf(const std::string &label, const Json *group,
                                          core::Id imageId, bool &isNew)
{
    std::size_t index = m_dataset.annotations.size();
    isNew = true;
    if (group != nullptr) {
        const auto [place, isFirst] = m_groups.emplace(std::pair(label, group->dump()), index);
        index = place->second;
        isNew = isFirst;
    }
    if (isNew) {
        core::Annotation annotation;
        annotation.id = static_cast<core::Id>(index) + 1;
        annotation.imageId = imageId;
        annotation.categoryId = m_categories.idOf(label);
        m_dataset.annotations.push_back(std::move(annotation));
    }
    return m_dataset.annotations[index];
}

void LabelMeReader::addShape(const JsonFields &shape, const Json &element,
                             const core::ImageRecord &image)
{
    const std::string label = shape.text("label");
    const std::optional<Region> region = readLabelMeShape(shape, image.size);
    if (!region) {
        m_findings.add({Severity::Warning, "no-area", m_place.file, m_place.place,
                        "is a " + shape.text("shape_type") +
                            ", which covers no pixels, and was "
                            "left out."});
        return;
    }
    if (!region->box && core::area(region->mask) == 0)
        shape.refuse("covers no pixel of its picture");
    std::optional<double> score;
    if (const Json *said = shape.find("score")) {
        if (!said->is_number() || !std::isfinite(said->get<double>()))
            shape.refuse("has a \"score\" that is no number");
        score = said->get<double>();
    }
    const bool isCrowd = shape.flag("iscrowd");
    const core::Id track = shape.find("track_id") != nullptr ? shape.id("track_id") : 0;
    // From here on nothing is refused any more.
    bool isNew = false;
    core::Annotation &object = objectOf(label, shape.find("group_id"), image.id, isNew);
    if (isNew) {
        object.mask = region->mask;
        object.box = region->box;
        object.isCrowd = isCrowd;
        object.score = score;
        object.track = track;
        object.foreign = foreignOf(
            element, {"label", "points", "shape_type", "mask", "score", "iscrowd", "track_id"});
        return;
    }
    object.mask = core::combine(pixelsOf({object.mask, object.box}), pixelsOf(*region),
                                core::SetOperation::Union);
    object.box.reset();
}

void LabelMeReader::add(const fs::path &file)
{
    const Json json = readJsonFile(file);
    m_place = {file.string(), ""};
    const JsonFields fields(json, file.string());
    const Json *shapes = fields.find("shapes");
    if (shapes == nullptr || !shapes->is_array())
        fields.refuse("has no list of \"shapes\"; it is no LabelMe file");

    core::ImageRecord image;
    image.id = static_cast<core::Id>(m_dataset.images.size()) + 1;
    image.fileName =
        labelMePictureName(fields.text("imagePath"), file, m_root, m_options.imageFolder);
    if (image.fileName.empty() || image.fileName == ".")
        fields.refuse("has no picture's name as \"imagePath\"");
    image.size = sizeOf(fields, json, image.fileName);
    if (m_names.contains(image.fileName))
        fields.refuse("is about \"" + image.fileName +
                      "\", as another file is; one of them "
                      "must go");
    image.foreign = foreignOf(
        json, {"version", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth"});
    m_names.insert(image.fileName);
    m_groups.clear();
    for (std::size_t i = 0; i < shapes->size(); ++i) {
        m_place.place = "shapes[" + std::to_string(i) + "]";
        takeEntry(m_findings, m_place,
                  [&] { addShape(JsonFields((*shapes)[i], m_place.place), (*shapes)[i], image); });
    }
    m_dataset.images.push_back(std::move(image));
}

void LabelMeReader::addOrTell(const fs::path &file)
{
    try {
        add(file);
    } catch (const core::Error &error) {
        Finding finding = findingOf(error, {file.string(), ""});
        finding.rule = "bad-file";
        m_findings.add(std::move(finding));
    }
}

ReadResult LabelMeReader::finish()
{
    m_dataset.categories = m_categories.take();
    return {std::move(m_dataset), std::move(m_findings)};
}

} // namespace

ReadResult readLabelMe(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                       const Progress &progress)
{
    std::error_code ignored;
    if (!fs::is_directory(input, ignored)) {
        LabelMeReader reader(fs::absolute(input).parent_path(), options);
        reader.add(input);
        return reader.finish();
    }
    const std::vector<fs::path> files = jsonFilesBelow(input, stop);
    LabelMeReader reader(input, options);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled,
                              "Reading " + input.string() + " was stopped.");
        reader.addOrTell(files[i]);
        if (progress)
            progress(static_cast<double>(i + 1) / static_cast<double>(files.size()));
    }
    if (!reader.hasImages()) {
        const ReadResult nothing = reader.finish();
        const std::vector<Finding> &told = nothing.findings.told();
        throw core::Error(core::ErrorKind::BadDataset,
                          input.string() + " has no LabelMe file in it." +
                              (told.empty() ? "" : " " + toText(told.front())));
    }
    return reader.finish();
}

} // namespace exporters
