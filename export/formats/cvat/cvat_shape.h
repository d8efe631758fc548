// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/outlines/region.h"

#include <QString>

#include <map>
#include <string_view>

namespace exporters
{

/// The XML attributes of an element by name.
using XmlAttributes = std::map<QString, QString>;

/// Whether a shape of that name covers pixels: mask, polygon, box, ellipse.
bool isCvatRegion(std::string_view element);

/// What such an element covers. Coordinates count from the corner of the first pixel; boxes and
/// ellipses may be turned about their centres.
/// Throws core::Error(BadDataset) for an attribute that is missing or no number, and for what
/// covers no pixel of its picture.
Region readCvatShape(std::string_view element, const XmlAttributes &attributes, core::Size size);

/// A whole number from `least` to `most` under `name`. Throws core::Error(BadDataset).
int wholeNumber(const XmlAttributes &attributes, const char *name, int least, int most);

} // namespace exporters
