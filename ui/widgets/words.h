// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QString>

namespace ui
{

/// "1 object", "3 objects"
QString objectCount(int count);
QString pictureCount(qsizetype count);
QString categoryCount(qsizetype count);
/// As people of the place write it: "12,345".
QString numberText(qsizetype number);

/// A short sentence for the kind of an error, to stand before the detail: "There is no space left."
QString errorHeading(core::ErrorKind kind);

/// Heading and detail.
QString errorText(core::ErrorKind kind, const QString &detail);

} // namespace ui
