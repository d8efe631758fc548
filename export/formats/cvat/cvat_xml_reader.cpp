// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat/cvat_xml_reader.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/image_reader.h"
#include "export/entry.h"
#include "export/files/picture_size.h"
#include "export/formats/cvat/cvat_meta.h"
#include "export/formats/cvat/cvat_shape.h"
#include "export/json/foreign_keys.h"
#include "export/records/image_ids.h"
#include "export/records/named_categories.h"
#include "export/splits.h"
#include "export/text/xml_fragment.h"

#include <QFile>
#include <QXmlStreamReader>

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

XmlAttributes attributesOf(const QXmlStreamReader &xml)
{
    XmlAttributes all;
    for (const QXmlStreamAttribute &attribute : xml.attributes())
        all[attribute.name().toString()] = attribute.value().toString();
    return all;
}

/// A whole number as such, anything else as text.
Json toJson(const QString &value)
{
    bool isNumber = false;
    const qlonglong number = value.toLongLong(&isNumber);
    return isNumber && QString::number(number) == value ? Json(number) : Json(value.toStdString());
}

/// Those of the attributes that have no field of ours.
Json foreignOf(const XmlAttributes &attributes, const std::set<QString> &known)
{
    Json keys = Json::object();
    for (const auto &[name, value] : attributes) {
        if (!known.contains(name))
            keys[name.toStdString()] = toJson(value);
    }
    return keys;
}

std::string textOf(const Json &keys)
{
    return keys.empty() ? std::string() : keys.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class CvatXmlReader
{
public:
    CvatXmlReader(const fs::path &file, const ReadOptions &options, std::stop_token stop,
                  const Progress &progress)
        : m_path(file), m_options(options), m_stop(std::move(stop)), m_progress(progress),
          m_file(file), m_place{file.string(), ""}
    {
    }

    ReadResult read();

private:
    [[noreturn]] void refuse(const std::string &why) const
    {
        throw core::Error(core::ErrorKind::BadDataset, m_path.string() + " " + why + ".");
    }
    void continueReading() const
    {
        if (m_stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled,
                              "Reading " + m_path.string() + " was stopped.");
    }
    void open();
    void readRoot();
    void readImage();
    void readShape(const core::ImageRecord &image);
    Json readShapeAttributes();
    core::Size sizeOf(const XmlAttributes &attributes, const std::string &name) const;
    void giveIds();
    void stopAtErrors() const;
    void setPlace() { m_place.place = "line " + std::to_string(m_xml.lineNumber()); }

    fs::path m_path;
    const ReadOptions &m_options;
    std::stop_token m_stop;
    const Progress &m_progress;
    QFile m_file;
    QXmlStreamReader m_xml;
    EntryPlace m_place;
    core::Dataset m_dataset;
    Findings m_findings;
    NamedCategories m_categories;
    std::string m_task; ///< what is kept of it
    std::size_t m_tracks = 0;
};

void CvatXmlReader::open()
{
    std::error_code error;
    const fs::file_status status = fs::status(m_path, error);
    if (!fs::exists(status))
        throw core::readError(m_path, ENOENT);
    if (fs::is_directory(status))
        throw core::readError(m_path, EISDIR);
    if (!fs::is_regular_file(status))
        throw core::Error(core::ErrorKind::FileUnreadable, m_path.string() + " is no plain file.");
    if (!m_file.open(QIODevice::ReadOnly))
        throw core::readError(m_path, EACCES);
    m_xml.setDevice(&m_file);
    while (!m_xml.isStartElement() && !m_xml.atEnd()) {
        m_xml.readNext();
        if (m_xml.isDTD())
            refuse("has a document type declaration, which CVAT never writes; it is not read");
    }
    stopAtErrors();
    if (m_xml.name() != u"annotations")
        refuse("is no XML of CVAT: it begins with <" +
               m_xml.name().left(40).toString().toStdString() + ">, not <annotations>");
}

void CvatXmlReader::stopAtErrors() const
{
    if (!m_xml.hasError())
        return;
    if (m_file.error() != QFile::NoError)
        throw core::readError(m_path, EIO);
    const std::string place = "line " + std::to_string(m_xml.lineNumber());
    if (m_xml.error() == QXmlStreamReader::PrematureEndOfDocumentError)
        refuse("breaks off at " + place + "; it was not written to its end");
    if (m_xml.error() == QXmlStreamReader::CustomError)
        refuse("is nested deeper than 100 levels at " + place);
    refuse("is not valid XML at " + place + ", column " + std::to_string(m_xml.columnNumber()));
}

void CvatXmlReader::readRoot()
{
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == u"meta") {
            readCvatMeta(m_xml, m_categories, m_task);
        } else if (m_xml.name() == u"image") {
            readImage();
            if (m_progress && m_file.size() > 0)
                m_progress(double(m_file.pos()) / double(m_file.size()));
        } else {
            m_tracks += m_xml.name() == u"track";
            skipElement(m_xml);
        }
    }
    stopAtErrors();
}

core::Size CvatXmlReader::sizeOf(const XmlAttributes &attributes, const std::string &name) const
{
    if (attributes.contains("width") && attributes.contains("height")) {
        const core::Size size{wholeNumber(attributes, "width", 1, core::maxImageSide),
                              wholeNumber(attributes, "height", 1, core::maxImageSide)};
        requirePictureSize(size);
        return size;
    }
    const fs::path folder = m_path.parent_path();
    const core::Size size = pictureSize(
        name, std::array{m_options.imageFolder, folder.empty() ? "." : folder, folder / "images"});
    if (size.isEmpty())
        throw core::Error(core::ErrorKind::BadDataset,
                          "The image \"" + name +
                              "\" has no width and height, and the picture is "
                              "not there to tell.");
    return size;
}

void CvatXmlReader::readImage()
{
    continueReading();
    setPlace();
    const XmlAttributes attributes = attributesOf(m_xml);
    core::ImageRecord image;
    const bool isGood = takeEntry(m_findings, m_place, [&] {
        const auto name = attributes.find("name");
        if (name == attributes.end() || name->second.isEmpty())
            throw core::Error(core::ErrorKind::BadDataset, "An image has no name.");
        image.fileName = QString(name->second).replace(u'\\', u'/').toStdString();
        image.size = sizeOf(attributes, image.fileName);
        bool isNumber = false;
        const auto id = attributes.find("id");
        const qlonglong number = id == attributes.end() ? -1 : id->second.toLongLong(&isNumber);
        // CVAT counts from 0; 0 here: to be numbered at the end.
        image.id = isNumber && number >= 0 && number < (qlonglong{1} << 53) ? number + 1 : 0;
        image.foreign = textOf(foreignOf(attributes, {"id", "name", "width", "height", "subset"}));
        if (const auto subset = attributes.find("subset");
            subset != attributes.end() && subset->second != "default")
            setSplit(image, subset->second.toStdString());
    });
    if (!isGood)
        return skipElement(m_xml);
    m_dataset.images.push_back(image);
    while (m_xml.readNextStartElement())
        readShape(image);
}

/// <attribute name="color">red</attribute>...
Json CvatXmlReader::readShapeAttributes()
{
    Json all = Json::object();
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() != u"attribute") {
            skipElement(m_xml);
            continue;
        }
        const std::string name = m_xml.attributes().value("name").toString().toStdString();
        all[name] = m_xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
    }
    return all;
}

void CvatXmlReader::readShape(const core::ImageRecord &image)
{
    continueReading(); // one mask of a large picture may take a while
    setPlace();
    const std::string element = m_xml.name().toString().toStdString();
    const XmlAttributes attributes = attributesOf(m_xml);
    if (!isCvatRegion(element)) {
        m_findings.add({Severity::Warning, "no-area", m_place.file, m_place.place,
                        "<" + element.substr(0, 40) + "> covers no pixels and was left out."});
        return skipElement(m_xml);
    }
    const Json shapeAttributes = readShapeAttributes();
    takeEntry(m_findings, m_place, [&] {
        const auto label = attributes.find("label");
        if (label == attributes.end())
            throw core::Error(core::ErrorKind::BadDataset, "A shape has no label.");
        Region region = readCvatShape(element, attributes, image.size);
        core::Annotation annotation;
        annotation.id = static_cast<core::Id>(m_dataset.annotations.size()) + 1;
        annotation.imageId = static_cast<core::Id>(m_dataset.images.size()) - 1; // its place
        annotation.categoryId = m_categories.idOf(label->second.toStdString());
        annotation.mask = std::move(region.mask);
        annotation.box = region.box;
        Json keys =
            foreignOf(attributes, {"label", "rle", "left", "top", "width", "height", "points",
                                   "xtl", "ytl", "xbr", "ybr", "rotation", "cx", "cy", "rx", "ry"});
        // What every shape has that nobody said anything about; the writer puts it there again.
        const Json usual{{"source", "manual"}, {"occluded", 0}, {"z_order", 0}};
        for (const auto &[key, value] : usual.items()) {
            if (const auto found = keys.find(key); found != keys.end() && *found == value)
                keys.erase(found);
        }
        if (!shapeAttributes.empty())
            keys["attributes"] = shapeAttributes;
        annotation.foreign = textOf(keys);
        m_dataset.annotations.push_back(std::move(annotation));
    });
}

void CvatXmlReader::giveIds()
{
    for (const std::size_t place : giveMissingIds(m_dataset))
        m_findings.add({Severity::Warning, "image-id", m_place.file, "",
                        "The image \"" + m_dataset.images[place].fileName +
                            "\" has no id of its own and was given one."});
}

ReadResult CvatXmlReader::read()
{
    open();
    readRoot();
    if (m_tracks > 0 && m_dataset.images.empty())
        refuse("is of the format \"CVAT for video\"; export the task as \"CVAT for images\"");
    if (m_tracks > 0)
        m_findings.add({Severity::Error, "track", m_place.file, "",
                        std::to_string(m_tracks) + " tracks of videos were left out."});
    giveIds();
    m_dataset.categories = m_categories.take();
    if (!m_task.empty())
        m_dataset.foreign = Json{{"cvat_task", m_task}}.dump();
    return {std::move(m_dataset), std::move(m_findings)};
}

} // namespace

ReadResult readCvatXml(const fs::path &file, const ReadOptions &options, std::stop_token stop,
                       const Progress &progress)
{
    return CvatXmlReader(file, options, std::move(stop), progress).read();
}

} // namespace exporters
