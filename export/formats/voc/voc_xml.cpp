// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc/voc_xml.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/image_reader.h"
#include "export/json/foreign_keys.h"
#include "export/text/text_file.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr int deepest = 50;
constexpr std::size_t mostNames = 1000;
constexpr const char *usualFolder = "JPEGImages";

[[noreturn]] void refuse(const std::filesystem::path &file, const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, file.string() + " " + why);
}

/// Adds under `name`, to a list where there is one of that name already.
void addChild(Json &parent, const std::string &name, Json value, const std::filesystem::path &file)
{
    if (!parent.is_object())
        parent = Json::object();
    const auto found = parent.find(name);
    if (found == parent.end()) {
        if (parent.size() >= mostNames) // each is looked for among all of them
            refuse(file, "has more than " + std::to_string(mostNames) +
                             " elements of different names in one.");
        parent[name] = std::move(value);
    } else {
        if (!found->is_array())
            *found = Json::array({std::move(*found)});
        found->push_back(std::move(value));
    }
}

/// The element the reader stands at the start of: its text, or an object of its elements.
Json readElement(QXmlStreamReader &xml, int depth, const std::filesystem::path &file)
{
    if (depth > deepest)
        refuse(file, "is nested deeper than " + std::to_string(deepest) + " levels.");
    Json value;
    std::string text;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement: {
            const std::string name = xml.name().toString().toStdString();
            addChild(value, name, readElement(xml, depth + 1, file), file);
            break;
        }
        case QXmlStreamReader::Characters:
            text += xml.text().toString().toStdString();
            break;
        case QXmlStreamReader::EndElement:
            return value.is_object() ? value
                                     : Json(QString::fromStdString(text).trimmed().toStdString());
        default:
            break;
        }
    }
    return value; // an error, which the caller tells
}

std::string textOf(const Json &element, const char *key)
{
    const auto found = element.find(key);
    return found != element.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> numberOf(const Json &element, const char *key)
{
    const std::string text = textOf(element, key);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return {};
    return number;
}

core::ForeignKeys without(Json element, std::initializer_list<const char *> known)
{
    for (const char *key : known)
        element.erase(key);
    return element.empty() ? core::ForeignKeys() : element.dump();
}

struct Usual {
    const char *key;
    const char *value;
};
constexpr std::array<Usual, 4> usualKeys{
    {{"pose", "Unspecified"}, {"truncated", "0"}, {"difficult", "0"}, {"occluded", "0"}}};

/// What is written anyway says nothing of the object.
Json withoutUsual(Json element)
{
    for (const auto &[key, value] : usualKeys) {
        const std::string text = textOf(element, key);
        if (text == value)
            element.erase(key);
        else if (text == "1")
            element[key] = 1;
    }
    return element;
}

VocObject toObject(const Json &element)
{
    VocObject object;
    if (!element.is_object())
        return object;
    object.name = textOf(element, "name");
    const auto box = element.find("bndbox");
    if (box != element.end() && box->is_object()) {
        const auto x0 = numberOf(*box, "xmin");
        const auto y0 = numberOf(*box, "ymin");
        const auto x1 = numberOf(*box, "xmax");
        const auto y1 = numberOf(*box, "ymax");
        if (x0 && y0 && x1 && y1)
            object.box = core::Box{*x0 - 1.5, *y0 - 1.5, *x1 - 0.5, *y1 - 0.5};
    }
    object.foreign = without(withoutUsual(element), {"name", "bndbox"});
    return object;
}

core::Size toSize(const Json &root)
{
    const auto size = root.find("size");
    if (size == root.end() || !size->is_object())
        return {};
    const double width = numberOf(*size, "width").value_or(0);
    const double height = numberOf(*size, "height").value_or(0);
    if (width < 1 || height < 1 || width != std::floor(width) || height != std::floor(height) ||
        std::max(width, height) > core::maxImageSide ||
        width * height > static_cast<double>(core::maxMaskPixels))
        return {};
    return {static_cast<int>(width), static_cast<int>(height)};
}

bool isName(const std::string &key)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !key.empty() && isLetter(key[0]) && std::ranges::all_of(key, [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

class Writer
{
public:
    Writer() : m_xml(&m_bytes)
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(2);
    }

    void open(const std::string &name) { m_xml.writeStartElement(QString::fromStdString(name)); }
    void close() { m_xml.writeEndElement(); }
    void text(const std::string &name, const std::string &value)
    {
        QString clean = QString::fromStdString(value);
        clean.removeIf([](QChar c) { return c < u' ' && c != u'\n' && c != u'\t'; });
        m_xml.writeTextElement(QString::fromStdString(name), clean);
    }

    void value(const std::string &name, const Json &value)
    {
        if (!isName(name) || value.is_null())
            return;
        if (value.is_array()) {
            for (const Json &one : value)
                this->value(name, one);
        } else if (value.is_object()) {
            open(name);
            for (const auto &[key, inner] : value.items())
                this->value(key, inner);
            close();
        } else if (value.is_boolean()) {
            text(name, value.get<bool>() ? "1" : "0");
        } else {
            text(name, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }

    void foreign(const core::ForeignKeys &keys, std::initializer_list<std::string_view> written)
    {
        const Json all = foreignKeys(keys);
        for (const auto &[key, value] : all.items()) {
            if (std::ranges::find(written, std::string_view(key)) == written.end())
                this->value(key, value);
        }
    }

    std::string bytes() const { return m_bytes.toStdString() + "\n"; }

private:
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

/// From 1; at least one pixel, in the picture, where rounding would leave none.
std::pair<long long, long long> wholePixels(double low, double high, int side)
{
    const auto most = std::max<long long>(side, 1);
    const long long first = std::clamp<long long>(std::llround(low + 1.5), 1, most);
    return {first, std::clamp<long long>(std::llround(high + 0.5), first, most)};
}

void writeObject(Writer &out, const VocObject &object, core::Size size)
{
    out.open("object");
    out.text("name", object.name);
    const Json keys = foreignKeys(object.foreign);
    for (const auto &[key, otherwise] : usualKeys)
        out.value(key, keys.value(key, Json(otherwise)));
    out.open("bndbox");
    const core::Box &box = object.box.value();
    const auto [left, right] = wholePixels(box.x0, box.x1, size.width);
    const auto [top, bottom] = wholePixels(box.y0, box.y1, size.height);
    const std::pair<const char *, long long> sides[]{
        {"xmin", left}, {"ymin", top}, {"xmax", right}, {"ymax", bottom}};
    for (const auto &[side, place] : sides)
        out.text(side, std::to_string(place));
    out.close();
    out.foreign(object.foreign, {"name", "bndbox", "pose", "truncated", "difficult", "occluded"});
    out.close();
}

} // namespace

VocFile readVocFile(const std::filesystem::path &path)
{
    const std::optional<std::string> content = readSmallFile(path);
    if (!content)
        throw core::readError(path, ENOENT);
    QXmlStreamReader xml(QByteArray::fromRawData(content->data(), qsizetype(content->size())));
    Json root;
    if (xml.readNextStartElement()) {
        if (xml.name() != QLatin1String("annotation"))
            refuse(path, "is no VOC annotation: its root is not <annotation>.");
        root = readElement(xml, 1, path);
    }
    if (xml.hasError())
        refuse(path, "is not valid XML at line " + std::to_string(xml.lineNumber()) + ".");
    VocFile file;
    if (!root.is_object())
        return file;
    file.fileName = textOf(root, "filename");
    file.size = toSize(root);
    const auto objects = root.find("object");
    if (objects != root.end()) {
        if (objects->is_array()) {
            for (const Json &object : *objects)
                file.objects.push_back(toObject(object));
        } else {
            file.objects.push_back(toObject(*objects));
        }
    }
    if (textOf(root, "folder") == usualFolder)
        root.erase("folder");
    file.foreign = without(root, {"filename", "size", "segmented", "object"});
    return file;
}

std::string vocFileText(const VocFile &file, bool isSegmented)
{
    Writer out;
    out.open("annotation");
    const Json keys = foreignKeys(file.foreign);
    out.value("folder", keys.value("folder", Json(usualFolder)));
    out.text("filename", file.fileName);
    out.foreign(file.foreign, {"folder", "filename", "size", "segmented", "object", "split"});
    out.open("size");
    out.text("width", std::to_string(file.size.width));
    out.text("height", std::to_string(file.size.height));
    out.text("depth", "3");
    out.close();
    out.text("segmented", isSegmented ? "1" : "0");
    for (const VocObject &object : file.objects)
        writeObject(out, object, file.size);
    out.close();
    return out.bytes();
}

} // namespace exporters
