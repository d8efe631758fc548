// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat/cvat_xml_writer.h"

#include "core/error.h"
#include "core/file/atomic_file.h"
#include "core/mask/place.h"
#include "core/mask/rle_measure.h"
#include "export/formats/cvat/cvat_meta.h"
#include "export/formats/cvat/cvat_runs.h"
#include "export/json/foreign_keys.h"
#include "export/records/writable.h"
#include "export/splits.h"
#include "export/text/xml_fragment.h"

#include <QBuffer>
#include <QLocale>
#include <QXmlStreamWriter>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

QString valueText(const Json &value)
{
    return xmlText(value.is_string() ? value.get<std::string>()
                                     : value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Whether an XML attribute may be called so.
bool isAttributeName(const std::string &name)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto isInner = [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !name.empty() && isLetter(name[0]) && !name.starts_with("xml") &&
           std::ranges::all_of(name, isInner);
}

class CvatXmlWriter
{
public:
    CvatXmlWriter(AnnotationSource &source, const std::filesystem::path &target)
        : m_source(source), m_file(target), m_categories(categoriesById(source.categories())),
          m_images(source.images()), m_xml(&m_buffer)
    {
        m_buffer.open(QIODevice::WriteOnly);
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(2);
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    void writeImage(const core::ImageRecord &image);
    void writeShape(const core::Annotation &annotation);
    void writeForeign(const Json &keys, const std::set<std::string> &taken, const char *loss);
    void attribute(const char *name, const QString &value)
    {
        m_xml.writeAttribute(QString::fromLatin1(name), value);
    }
    void attribute(const char *name, long long value) { attribute(name, QString::number(value)); }
    void flush();

    AnnotationSource &m_source;
    core::AtomicFile m_file;
    std::unordered_map<core::Id, core::Category> m_categories;
    std::vector<core::ImageRecord> m_images;
    QBuffer m_buffer; ///< one picture of the file at a time
    QXmlStreamWriter m_xml;
    WriteSummary m_summary;
};

void CvatXmlWriter::flush()
{
    const QByteArray &bytes = m_buffer.data();
    m_file.write(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    m_buffer.buffer().clear();
    m_buffer.seek(0);
}

/// Single values as attributes of the current element; the rest is lost.
void CvatXmlWriter::writeForeign(const Json &keys, const std::set<std::string> &taken,
                                 const char *loss)
{
    bool loses = false;
    for (const auto &[key, value] : keys.items()) {
        if (taken.contains(key))
            continue;
        if (value.is_primitive() && !value.is_null() && isAttributeName(key))
            m_xml.writeAttribute(QString::fromStdString(key), valueText(value));
        else
            loses = true;
    }
    if (loses)
        m_summary.lose(loss);
}

void CvatXmlWriter::writeImage(const core::ImageRecord &image)
{
    m_xml.writeStartElement("image");
    attribute("id", image.id - 1);
    attribute("name", xmlText(image.fileName));
    if (const std::string split = splitOf(image); !split.empty())
        attribute("subset", xmlText(split));
    attribute("width", image.size.width);
    attribute("height", image.size.height);
    writeForeign(foreignKeys(image.foreign), {"id", "name", "width", "height", "subset", "split"},
                 "unknown keys of images that are no single values were left out");
    for (const core::Annotation &annotation : m_source.annotations(image.id)) {
        requireWritable(image, annotation, m_categories);
        if (annotation.hasMask() ? core::area(annotation.mask) == 0 : !annotation.box) {
            m_summary.lose("objects without a pixel were left out");
            continue;
        }
        writeShape(annotation);
        ++m_summary.annotations;
    }
    m_xml.writeEndElement();
    ++m_summary.images;
}

void CvatXmlWriter::writeShape(const core::Annotation &annotation)
{
    const Json keys = foreignKeys(annotation.foreign);
    const auto kept = [&](const char *key, const char *otherwise) {
        const auto found = keys.find(key);
        return found != keys.end() && found->is_primitive() && !found->is_null()
                   ? valueText(*found)
                   : QString::fromLatin1(otherwise);
    };
    m_xml.writeStartElement(annotation.hasMask() ? "mask" : "box");
    attribute("label", xmlText(m_categories.at(annotation.categoryId).name));
    attribute("source", kept("source", "manual"));
    attribute("occluded", kept("occluded", "0"));
    if (annotation.hasMask()) {
        const core::PixelRect block = core::boundingBox(annotation.mask);
        requireDrawable({block.width, block.height},
                        "the mask of annotation id " + std::to_string(annotation.id));
        attribute("rle", QString::fromStdString(toCvatRuns(core::crop(annotation.mask, block))));
        attribute("left", block.x);
        attribute("top", block.y);
        attribute("width", block.width);
        attribute("height", block.height);
    } else {
        const core::Box &box = *annotation.box;
        const auto number = [](double value) {
            return QString::number(value + 0.5, 'g', QLocale::FloatingPointShortest);
        };
        attribute("xtl", number(box.x0));
        attribute("ytl", number(box.y0));
        attribute("xbr", number(box.x1));
        attribute("ybr", number(box.y1));
    }
    attribute("z_order", kept("z_order", "0"));
    writeForeign(keys,
                 {"label", "source", "occluded", "rle", "left", "top", "width", "height", "xtl",
                  "ytl", "xbr", "ybr", "rotation", "z_order", "attributes"},
                 "unknown keys of objects that are no single values were left out");
    const auto attributes = keys.find("attributes");
    if (attributes != keys.end() && attributes->is_object()) {
        for (const auto &[name, value] : attributes->items()) {
            m_xml.writeStartElement("attribute");
            attribute("name", xmlText(name));
            m_xml.writeCharacters(valueText(value));
            m_xml.writeEndElement();
        }
    }
    m_xml.writeEndElement();
    if (annotation.isCrowd)
        m_summary.lose("crowd marks were left out");
    if (annotation.score)
        m_summary.lose("scores were left out");
    if (annotation.track != 0)
        m_summary.lose("tracks were left out");
}

WriteSummary CvatXmlWriter::write(const std::stop_token &stop, const Progress &progress)
{
    std::unordered_set<core::Id> ids;
    m_xml.writeStartDocument();
    m_xml.writeStartElement("annotations");
    m_xml.writeTextElement("version", "1.1");
    writeCvatMeta(m_xml, m_source, m_images.size());
    for (const core::Category &category : m_source.categories()) {
        if (!category.supercategory.empty())
            m_summary.lose("supercategories were left out");
    }
    for (const core::ImageRecord &image : m_images) {
        continueExport(stop);
        if (image.id < 1 || !ids.insert(image.id).second)
            throw core::Error(core::ErrorKind::BadDataset,
                              "The annotations cannot be exported: image id " +
                                  std::to_string(image.id) + " is below 1 or used twice.");
        writeImage(image);
        flush();
        if (progress)
            progress(double(m_summary.images) / double(m_images.size()));
    }
    m_xml.writeEndDocument();
    flush();
    continueExport(stop);
    m_file.commit();
    return std::move(m_summary);
}

} // namespace

WriteSummary writeCvatXml(AnnotationSource &source, const std::filesystem::path &target,
                          std::stop_token stop, const Progress &progress)
{
    return CvatXmlWriter(source, target).write(stop, progress);
}

} // namespace exporters
