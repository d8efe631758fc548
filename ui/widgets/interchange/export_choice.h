// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <QString>

namespace ui
{

/// What the export dialog asks for.
struct ExportChoice {
    QString format = QStringLiteral("coco"); ///< Format::name()
    QString target;                          ///< a file, or a new or empty folder
    exporters::WriteOptions options = {};    ///< without imageFolder and split
};

/// The format; where there is none of that name that can write, the first that can.
const exporters::Format &formatOf(const ExportChoice &choice);

/// Where the dataset of a format goes unless the user says otherwise: beside the pictures, in the
/// case of a folder beside theirs. The name is free, for what is there may be the only copy of
/// something; but a file `own`, which was written before, is proposed again.
QString proposedTarget(const exporters::Format &format, const QString &imageRoot,
                       const QString &own = {});

/// Why nothing can be written there, as a sentence; empty: it can.
QString whyNot(const exporters::Format &format, const QString &target);

/// What there is to be written.
struct ExportCounts {
    qsizetype objects = 0;
    qsizetype pictures = 0;
    qsizetype emptyPictures = 0; ///< of those, without an object
    qsizetype categories = 0;
    qsizetype proposals = 0; ///< which are not written
};

/// "12 objects of 3 categories in 5 pictures, 2 of them without objects."
QString countSentence(const ExportCounts &counts);

/// "12 objects in 5 pictures written to out.json. Not kept: holes were filled (3)."
QString exportedSentence(const exporters::WriteSummary &summary, const QString &target);

} // namespace ui
