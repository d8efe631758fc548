// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/interchange/read_annotations.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace ui
{

/// One line of what an import will do: "Objects", "12 with a mask".
struct ImportLine {
    QString what;
    QString text;
};
QList<ImportLine> importLines(const ImportReading &reading);

/// What could not be read, or not be found, as sentences; bounded.
QStringList importProblems(const ImportReading &reading);

/// What was done: "12 objects imported into 3 pictures. ..." `changed`: whether anything was, which
/// without an object or a box means categories, licences and the like.
QString importedSentence(const ImportPlan &plan, bool changed);

} // namespace ui
