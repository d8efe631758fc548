// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/proposals/canvas_bar.h"

class QBoxLayout;

namespace ui
{

class Document;
class ElidedLabel;
class PromptSession;
class ReviewSession;

/// Which proposal is to be decided on, and the ways to decide. Lies on the canvas while proposals
/// are reviewed.
class ReviewBar : public CanvasBar
{
    Q_OBJECT

public:
    ReviewBar(const Document &document, const PromptSession &prompts, ReviewSession &session,
              QWidget *canvas);
    QString text() const;

Q_SIGNALS:
    void acceptAsked();

protected:
    void arrange(int width) override;

private:
    void showCurrent();

    const Document &m_document;
    const PromptSession &m_prompts;
    ReviewSession &m_session;
    ElidedLabel *m_text;
    QBoxLayout *m_row;
};

} // namespace ui
