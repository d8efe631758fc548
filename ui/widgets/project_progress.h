// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/task_progress.h"

namespace ui
{

class Document;

/// Says that a project is being opened, a folder listed, moved pictures looked for; only when that
/// takes more than a moment.
class ProjectProgress : public TaskProgress
{
    Q_OBJECT

public:
    /// `document` outlives this.
    explicit ProjectProgress(const Document &document, QWidget *parent = nullptr);

private:
    void update();

    const Document &m_document;
};

} // namespace ui
