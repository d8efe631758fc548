// SPDX-License-Identifier: Apache-2.0
#include "export/text/xml_fragment.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace exporters
{
namespace
{

constexpr int deepest = 100;

/// Calls visit() for every token of the current element, its start and end included.
template <typename Visit>
void walk(QXmlStreamReader &xml, Visit visit)
{
    int depth = 0;
    do {
        if (xml.isStartElement() && ++depth > deepest)
            return xml.raiseError(QStringLiteral("nested too deep"));
        if (xml.isEndElement())
            --depth;
        visit();
        if (depth > 0)
            xml.readNext();
    } while (depth > 0 && !xml.hasError());
}

/// The fragment inside a root of ours.
QByteArray wrapped(const std::string &fragment)
{
    return "<kept>" + QByteArray::fromStdString(fragment) + "</kept>";
}

bool isWhole(const std::string &fragment)
{
    QXmlStreamReader xml(wrapped(fragment));
    if (!xml.readNextStartElement())
        return false;
    skipElement(xml);
    const bool endsThere = xml.isEndElement() && !xml.hasError();
    return endsThere && xml.readNext() == QXmlStreamReader::EndDocument;
}

} // namespace

std::string takeElement(QXmlStreamReader &xml)
{
    QString text;
    QXmlStreamWriter writer(&text);
    walk(xml, [&] { writer.writeCurrentToken(xml); });
    return xml.hasError() ? std::string() : text.toStdString();
}

void skipElement(QXmlStreamReader &xml)
{
    walk(xml, [] {});
}

std::set<QString> writeElements(QXmlStreamWriter &xml, const std::string &fragment,
                                const std::set<QString> &without)
{
    std::set<QString> names;
    if (fragment.empty() || !isWhole(fragment))
        return names;
    QXmlStreamReader reader(wrapped(fragment));
    reader.readNextStartElement();
    while (reader.readNextStartElement()) {
        if (without.contains(reader.name().toString())) {
            skipElement(reader);
            continue;
        }
        names.insert(reader.name().toString());
        walk(reader, [&] {
            // Blanks between elements are the writer's own affair.
            if (!reader.isWhitespace())
                xml.writeCurrentToken(reader);
        });
    }
    return names;
}

QString xmlText(const std::string &text)
{
    QString clean = QString::fromStdString(text);
    for (qsizetype i = 0; i < clean.size(); ++i) {
        const char16_t unit = clean[i].unicode();
        const bool isPair =
            clean[i].isHighSurrogate() && i + 1 < clean.size() && clean[i + 1].isLowSurrogate();
        if (isPair)
            ++i;
        else if ((unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r') ||
                 clean[i].isSurrogate() || unit >= 0xFFFE)
            clean[i] = u'\uFFFD';
    }
    return clean;
}

} // namespace exporters
