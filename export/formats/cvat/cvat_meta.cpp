// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat/cvat_meta.h"

#include "export/json/foreign_keys.h"
#include "export/text/xml_fragment.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <nlohmann/json.hpp>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

/// "#2080f0"; 0 for what is none.
core::Color toColor(const QString &text)
{
    bool isNumber = false;
    const uint value = text.mid(1).toUInt(&isNumber, 16);
    return text.size() == 7 && text.startsWith(u'#') && isNumber ? value : 0;
}

QString toText(core::Color color)
{
    return u'#' + QString::number(color & 0xFFFFFF, 16).rightJustified(6, u'0');
}

void readLabel(QXmlStreamReader &xml, NamedCategories &categories)
{
    std::string name;
    core::Color color = 0;
    std::string kept;
    while (xml.readNextStartElement()) {
        if (xml.name() == u"name")
            name = xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
        else if (xml.name() == u"color")
            color = toColor(xml.readElementText(QXmlStreamReader::SkipChildElements));
        else
            kept += takeElement(xml);
    }
    if (name.empty())
        return;
    core::Category &category = categories.at(categories.idOf(name));
    category.color = color;
    if (!kept.empty())
        category.foreign = Json{{"cvat_label", kept}}.dump();
}

void readTask(QXmlStreamReader &xml, NamedCategories &categories, std::string &task)
{
    // What counts the images, or speaks of parts of them, would be wrong after the next change.
    const std::set<QString> stale{"size",        "segments",   "tasks",
                                  "start_frame", "stop_frame", "frame_filter"};
    while (xml.readNextStartElement()) {
        if (xml.name() == u"labels") {
            while (xml.readNextStartElement()) {
                if (xml.name() == u"label")
                    readLabel(xml, categories);
                else
                    skipElement(xml);
            }
        } else if (stale.contains(xml.name().toString())) {
            skipElement(xml);
        } else {
            task += takeElement(xml);
        }
    }
}

std::string keptElements(const core::ForeignKeys &foreign, const char *key)
{
    const Json keys = foreignKeys(foreign);
    const auto kept = keys.find(key);
    return kept != keys.end() && kept->is_string() ? kept->get<std::string>() : std::string();
}

void writeLabel(QXmlStreamWriter &xml, const core::Category &category)
{
    xml.writeStartElement("label");
    xml.writeTextElement("name", xmlText(category.name));
    if (category.color != 0)
        xml.writeTextElement("color", toText(category.color));
    const std::set<QString> kept =
        writeElements(xml, keptElements(category.foreign, "cvat_label"), {"name", "color"});
    if (!kept.contains("attributes"))
        xml.writeEmptyElement("attributes"); // CVAT's readers look for it
    xml.writeEndElement();
}

} // namespace

void readCvatMeta(QXmlStreamReader &xml, NamedCategories &categories, std::string &task)
{
    while (xml.readNextStartElement()) {
        // By what was exported.
        if (xml.name() == u"task" || xml.name() == u"job" || xml.name() == u"project")
            readTask(xml, categories, task);
        else
            skipElement(xml);
    }
}

void writeCvatMeta(QXmlStreamWriter &xml, AnnotationSource &source, std::size_t imageCount)
{
    xml.writeStartElement("meta");
    xml.writeStartElement("task");
    const std::set<QString> kept =
        writeElements(xml, keptElements(source.foreign(), "cvat_task"), {"size", "labels"});
    if (!kept.contains("name"))
        xml.writeTextElement("name", "Maskwright");
    if (!kept.contains("mode"))
        xml.writeTextElement("mode", "annotation");
    xml.writeTextElement("size", QString::number(imageCount));
    xml.writeStartElement("labels");
    for (const core::Category &category : source.categories())
        writeLabel(xml, category);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
}

} // namespace exporters
