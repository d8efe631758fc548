// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/empty_state.h"

#include "ui/widgets/input/breaking_row.h"
#include "ui/widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace ui
{

static constexpr int margin = 3 * metrics::space; ///< at the left and the right

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_heading(new QLabel), m_sentence(new QLabel),
      m_openFolder(new QPushButton(tr("Open a folder…"))),
      m_openImages(new QPushButton(tr("Open pictures…"))),
      m_sample(new QPushButton(tr("Draw a first mask in two minutes")))
{
    QFont font = m_heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    m_heading->setFont(font);
    m_sentence->setProperty("muted", true);
    m_heading->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_openFolder->setProperty("primary", true);
    for (QLabel *label : {m_icon, m_heading, m_sentence})
        label->setAlignment(Qt::AlignCenter);

    m_buttons = new QBoxLayout(QBoxLayout::LeftToRight);
    m_buttons->setSpacing(2 * metrics::space);
    m_buttons->addWidget(m_openFolder, 0, Qt::AlignCenter);
    m_buttons->addWidget(m_openImages, 0, Qt::AlignCenter);
    m_sample->setProperty("link", true);
    m_sample->setToolTip(tr("Step by step, on a sample picture"));
    m_sample->setCursor(Qt::PointingHandCursor);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, 0, margin, 0);
    layout->setSpacing(2 * metrics::space);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addSpacing(2 * metrics::space);
    layout->addWidget(m_heading);
    layout->addWidget(m_sentence);
    layout->addSpacing(3 * metrics::space);
    auto *centered = new QHBoxLayout;
    centered->addStretch(1);
    centered->addLayout(m_buttons);
    centered->addStretch(1);
    layout->addLayout(centered);
    layout->addWidget(m_sample, 0, Qt::AlignHCenter);
    layout->addStretch(3);

    connect(m_openFolder, &QPushButton::clicked, this, &EmptyState::openFolderAsked);
    connect(m_openImages, &QPushButton::clicked, this, &EmptyState::openImagesAsked);
    connect(m_sample, &QPushButton::clicked, this, &EmptyState::sampleAsked);
    showWelcome();
}

void EmptyState::setTheme(const Theme &)
{
    m_icon->setPixmap(applicationIcon().pixmap(QSize(72, 72), devicePixelRatioF()));
}

/// The buttons stand one above the other where there is no room beside each other.
void EmptyState::resizeEvent(QResizeEvent *event)
{
    breakRow(*m_buttons, event->size().width() - 2 * margin);
}

void EmptyState::showWelcome()
{
    m_heading->setText(tr("Open a folder, or drop pictures here"));
    m_sentence->setText(
        tr("Then click on something: its mask appears. Press Enter to keep it, ? for all keys."));
    m_icon->show();
    for (QPushButton *button : {m_openFolder, m_openImages, m_sample})
        button->show();
}

void EmptyState::showText(const QString &heading, const QString &sentence)
{
    m_heading->setText(heading.endsWith(QLatin1Char('.')) ? heading.chopped(1) : heading);
    m_sentence->setText(sentence);
    m_icon->hide();
    for (QPushButton *button : {m_openFolder, m_openImages, m_sample})
        button->hide();
}

QString EmptyState::heading() const
{
    return m_heading->text();
}

} // namespace ui
