// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme/labelme_writer.h"

#include "core/error.h"
#include "core/mask/outline_parts.h"
#include "core/mask/place.h"
#include "core/mask/rle_measure.h"
#include "export/files/output_folder.h"
#include "export/json/foreign_keys.h"
#include "export/maps/png_patch.h"
#include "export/records/writable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json; // the keys in labelme's own order

/// labelme complains of another first number than its own; it is 5 since 2022.
constexpr const char *version = "5.1.1";

/// labelme takes a point that equals the first one for the end of the outline and leaves it out. So
/// the outline begins with a point to which it does not come back, as bridges to holes do.
core::Ring begunWithLonePoint(core::Ring ring)
{
    std::map<std::pair<double, double>, int> visits;
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2)
        ++visits[{ring[i], ring[i + 1]}];
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
        if (visits[{ring[i], ring[i + 1]}] == 1) {
            std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(i), ring.end());
            break;
        }
    }
    return ring;
}

Json pointsOf(const core::Ring &ring)
{
    Json points = Json::array();
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2)
        points.push_back({ring[i], ring[i + 1]});
    return points;
}

/// The group_ids of one picture: objects keep theirs, and those of several parts get one.
class Groups
{
public:
    Groups(const std::vector<core::Annotation> &annotations, WriteSummary &summary)
        : m_summary(summary)
    {
        for (const core::Annotation &annotation : annotations) {
            const Json group = kept(annotation);
            if (!group.is_null())
                m_kept.insert(group.dump());
        }
    }

    /// Null: none is needed.
    Json of(const core::Annotation &annotation, bool hasParts)
    {
        Json group = kept(annotation);
        if (!group.is_null() && !m_used.emplace(annotation.categoryId, group.dump()).second) {
            m_summary.lose("group ids that several objects of a category share were left out");
            group = nullptr;
        }
        if (group.is_null() && hasParts) {
            while (m_kept.contains(std::to_string(m_next)))
                ++m_next;
            group = m_next++;
        }
        return group;
    }

private:
    static Json kept(const core::Annotation &annotation)
    {
        const Json keys = foreignKeys(annotation.foreign);
        const auto group = keys.find("group_id");
        return group != keys.end() && group->is_number_integer() ? *group : Json();
    }

    WriteSummary &m_summary;
    std::unordered_set<std::string> m_kept;
    std::set<std::pair<core::Id, std::string>> m_used;
    std::int64_t m_next = 1;
};

class LabelMeWriter
{
public:
    LabelMeWriter(AnnotationSource &source, const fs::path &target, const WriteOptions &options)
        : m_source(source), m_target(target), m_options(options), m_out(target),
          m_categories(categoriesById(source.categories()))
    {
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    std::string freeName(const std::string &picture) const;
    std::string imagePath(const core::ImageRecord &image) const;
    void takePicture(const core::ImageRecord &image);
    void addImage(const core::ImageRecord &image);
    void addObject(const core::Annotation &annotation, Groups &groups, std::string &shapes);
    Json shape(const core::Annotation &annotation, const char *type, Json points,
               const Json &group) const;

    AnnotationSource &m_source;
    fs::path m_target;
    const WriteOptions &m_options;
    OutputFolder m_out;
    std::unordered_map<core::Id, core::Category> m_categories;
    std::unordered_set<core::Id> m_usedCategories;
    WriteSummary m_summary;
};

std::string LabelMeWriter::freeName(const std::string &picture) const
{
    const fs::path path(picture);
    std::string name = fs::path(path).replace_extension(".json").generic_string();
    for (int number = 1; m_out.has(name); ++number)
        name = picture + (number == 1 ? "" : "-" + std::to_string(number)) + ".json";
    return name;
}

std::string LabelMeWriter::imagePath(const core::ImageRecord &image) const
{
    const fs::path name(image.fileName);
    if (m_options.pictures == Pictures::Leave && !m_options.imageFolder.empty()) {
        const fs::path picture = fs::absolute(pictureFile(m_options, image)).lexically_normal();
        const fs::path folder = fs::absolute(m_target / name.parent_path()).lexically_normal();
        const fs::path way = picture.lexically_relative(folder);
        if (!way.empty())
            return way.generic_string();
    }
    return name.filename().string();
}

void LabelMeWriter::takePicture(const core::ImageRecord &image)
{
    if (m_options.pictures == Pictures::Leave)
        return;
    const fs::path picture = pictureFile(m_options, image);
    std::error_code ignored;
    if (!fs::is_regular_file(picture, ignored)) {
        m_summary.lose("pictures were not found and are not beside their annotations");
        return;
    }
    m_out.take(picture, image.fileName, m_options.pictures == Pictures::Link);
}

Json LabelMeWriter::shape(const core::Annotation &annotation, const char *type, Json points,
                          const Json &group) const
{
    Json shape{{"label", m_categories.at(annotation.categoryId).name},
               {"points", std::move(points)},
               {"group_id", group},
               {"description", ""},
               {"shape_type", type},
               {"flags", Json::object()}};
    if (annotation.score)
        shape["score"] = *annotation.score;
    if (annotation.isCrowd)
        shape["iscrowd"] = 1;
    if (annotation.track != 0)
        shape["track_id"] = annotation.track;
    Json keys = foreignKeys(annotation.foreign);
    if (const auto flags = keys.find("flags"); flags != keys.end() && flags->is_object())
        shape["flags"] = *flags;
    if (const auto text = keys.find("description"); text != keys.end() && text->is_string())
        shape["description"] = *text;
    keys.erase("mask"); // not what a shape here means by it
    addForeignKeys(shape, keys.dump());
    return shape;
}

void LabelMeWriter::addObject(const core::Annotation &annotation, Groups &groups,
                              std::string &shapes)
{
    const auto add = [&](const Json &shape) {
        shapes += shapes.empty() ? "\n    " : ",\n    ";
        shapes += shape.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    if (!annotation.hasMask()) {
        if (!annotation.box) {
            m_summary.lose("objects without a pixel were left out");
            return;
        }
        const core::Box &box = *annotation.box;
        const Json corners{{box.x0 + 0.5, box.y0 + 0.5}, {box.x1 + 0.5, box.y1 + 0.5}};
        add(shape(annotation, "rectangle", corners, groups.of(annotation, false)));
    } else if (core::area(annotation.mask) == 0) {
        m_summary.lose("objects without a pixel were left out");
        return;
    } else if (m_options.maskShapes) {
        const core::PixelRect block = core::boundingBox(annotation.mask);
        const Json corners{{double(block.x), double(block.y)},
                           {double(block.x + block.width - 1), double(block.y + block.height - 1)}};
        Json mask = shape(annotation, "mask", corners, groups.of(annotation, false));
        mask["mask"] = toPngText(core::crop(annotation.mask, block));
        add(mask);
    } else {
        const std::vector<core::OutlinePart> exact = core::outlineParts(annotation.mask);
        if (m_options.simplify > 0)
            m_summary.lose("outlines were simplified");
        const Json group = groups.of(annotation, exact.size() > 1);
        for (const core::OutlinePart &part : core::simplified(exact, m_options.simplify))
            add(shape(annotation, "polygon",
                      pointsOf(begunWithLonePoint(core::bridgedRing({part}))), group));
    }
    m_usedCategories.insert(annotation.categoryId);
    ++m_summary.annotations;
}

void LabelMeWriter::addImage(const core::ImageRecord &image)
{
    const std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    Groups groups(annotations, m_summary);
    std::string shapes;
    for (const core::Annotation &annotation : annotations) {
        requireWritable(image, annotation, m_categories);
        addObject(annotation, groups, shapes);
    }
    Json head{{"version", version}, {"flags", Json::object()}};
    Json tail{{"imagePath", imagePath(image)},
              {"imageData", nullptr},
              {"imageHeight", image.size.height},
              {"imageWidth", image.size.width}};
    Json keys = foreignKeys(image.foreign);
    if (const auto flags = keys.find("flags"); flags != keys.end() && flags->is_object())
        head["flags"] = *flags;
    for (const char *known : {"version", "flags", "shapes"})
        keys.erase(known);
    addForeignKeys(tail, keys.dump());

    // One line a shape: with one a number, as labelme writes, outlines fill the screen.
    const auto lines = [](const Json &object) {
        std::string text;
        for (const auto &[key, value] : object.items()) {
            text += text.empty() ? "  " : ",\n  ";
            text += Json(key).dump(-1, ' ', false, Json::error_handler_t::replace) + ": " +
                    value.dump(-1, ' ', false, Json::error_handler_t::replace);
        }
        return text;
    };
    m_out.write(freeName(image.fileName), "{\n" + lines(head) + ",\n  \"shapes\": [" + shapes +
                                              (shapes.empty() ? "" : "\n  ") + "],\n" +
                                              lines(tail) + "\n}\n");
    takePicture(image);
    ++m_summary.images;
}

WriteSummary LabelMeWriter::write(const std::stop_token &stop, const Progress &progress)
{
    const std::vector<core::ImageRecord> images = m_source.images();
    for (const core::ImageRecord &image : images) {
        continueExport(stop);
        addImage(image);
        if (progress)
            progress(double(m_summary.images) / double(images.size()));
    }
    const std::size_t unused = m_categories.size() - m_usedCategories.size();
    if (unused > 0)
        m_summary.lose("categories without an object were left out", unused);
    if (!m_source.foreign().empty())
        m_summary.lose("what is said of the dataset as a whole (licences, info) was left out");
    continueExport(stop);
    m_out.commit();
    return std::move(m_summary);
}

} // namespace

WriteSummary writeLabelMe(AnnotationSource &source, const fs::path &target,
                          const WriteOptions &options, std::stop_token stop,
                          const Progress &progress)
{
    return LabelMeWriter(source, target, options).write(stop, progress);
}

} // namespace exporters
