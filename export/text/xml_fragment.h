// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <set>
#include <string>

class QXmlStreamReader;
class QXmlStreamWriter;

namespace exporters
{

/// Elements that a format does not know are kept as the text they are made of and written again
/// where they were.

/// The current element of `xml` with all in it, as text; the reader stands at its end then. Empty
/// when it is nested deeper than 100 levels, which raises an error in the reader.
std::string takeElement(QXmlStreamReader &xml);

/// Passes by the current element, in the same way.
void skipElement(QXmlStreamReader &xml);

/// Writes the elements of `fragment` but those called as in `without`, and tells the names of the
/// outermost ones. What is no XML, or has a DTD, writes nothing.
std::set<QString> writeElements(QXmlStreamWriter &xml, const std::string &fragment,
                                const std::set<QString> &without = {});

/// `text` without the characters that XML cannot hold.
QString xmlText(const std::string &text);

} // namespace exporters
