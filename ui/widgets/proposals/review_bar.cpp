// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/review_bar.h"

#include "ui/editing/review_session.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/input/bar_keys.h"
#include "ui/widgets/input/breaking_row.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace ui
{

static constexpr int widest = 700;

ReviewBar::ReviewBar(const Document &document, const PromptSession &prompts, ReviewSession &session,
                     QWidget *canvas)
    : CanvasBar(canvas, widest), m_document(document), m_prompts(prompts), m_session(session),
      m_text(new ElidedLabel)
{
    setObjectName(QStringLiteral("review"));
    auto *hint = new ElidedLabel;
    hint->setText(tr("Clicks correct it; Enter accepts, Del rejects, J skips."));
    hint->setProperty("muted", true);
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::space / 2);
    words->addWidget(m_text);
    words->addWidget(hint);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2 * metrics::space);
    buttons->addStretch(1);
    m_row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_row->setContentsMargins(3 * metrics::space, 2 * metrics::space, 3 * metrics::space,
                              2 * metrics::space);
    m_row->setSpacing(2 * metrics::space);
    m_row->addLayout(words, 1);
    m_row->addLayout(buttons);
    const auto add = [&](const QString &text) {
        auto *button = new QPushButton(text);
        buttons->addWidget(button, 0, Qt::AlignVCenter);
        return button;
    };
    connect(add(tr("Leave")), &QPushButton::clicked, &session, &ReviewSession::leave);
    connect(add(tr("Skip")), &QPushButton::clicked, &session, &ReviewSession::next);
    connect(add(tr("Reject")), &QPushButton::clicked, &session, &ReviewSession::reject);
    QPushButton *accept = add(tr("Accept"));
    accept->setProperty("primary", true);
    connect(accept, &QPushButton::clicked, this, &ReviewBar::acceptAsked);
    keepBarKeys(this);

    connect(&session, &ReviewSession::changed, this, &ReviewBar::showCurrent);
    connect(&prompts, &PromptSession::categoryChanged, this, &ReviewBar::showCurrent);
    showCurrent();
}

/// The category is the one that the object would get: the user may have chosen another.
void ReviewBar::showCurrent()
{
    setVisible(m_session.isOn());
    if (!m_session.isOn())
        return;
    const project::ProposalRecord &proposal = *m_session.current();
    const core::Category *chosen = m_document.category(m_prompts.category());
    m_text->setText(tr("Proposal %1 of %2, score %3: %4")
                        .arg(locale().toString(qlonglong(m_session.rank() + 1)),
                             locale().toString(qlonglong(m_session.count())),
                             locale().toString(proposal.score, 'f', 2),
                             QString::fromStdString(chosen ? chosen->name : proposal.category)));
    place();
}

void ReviewBar::arrange(int width)
{
    const QMargins margins = m_row->contentsMargins();
    breakRow(*m_row, width - margins.left() - margins.right(),
             fontMetrics().averageCharWidth() * 36);
}

QString ReviewBar::text() const
{
    return m_text->text();
}

} // namespace ui
