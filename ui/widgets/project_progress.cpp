// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/project_progress.h"

#include "ui/editing/document.h"

namespace ui
{

using Busy = Document::Busy;

ProjectProgress::ProjectProgress(const Document &document, QWidget *parent)
    : TaskProgress({}, parent), m_document(document)
{
    setObjectName(QStringLiteral("projectProgress"));
    connect(&document, &Document::busyChanged, this, &ProjectProgress::update);
}

void ProjectProgress::update()
{
    const Busy busy = m_document.busy();
    if (busy == Busy::Nothing)
        end();
    else
        begin(busy == Busy::Opening   ? tr("Opening")
              : busy == Busy::Listing ? tr("Listing pictures")
                                      : tr("Looking for the pictures"));
}

} // namespace ui
