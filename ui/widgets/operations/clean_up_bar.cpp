// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/operations/clean_up_bar.h"

#include "core/mask/smooth.h"
#include "ui/editing/clean_up.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/input/bar_keys.h"
#include "ui/widgets/input/breaking_row.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int largestArea = 1'000'000; // pixels

/// Keys of the window that the fields need themselves.
bool isFieldKey(int key)
{
    for (const int own : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Escape, Qt::Key_Tab,
                          Qt::Key_Backtab, Qt::Key_PageUp, Qt::Key_PageDown}) {
        if (key == own)
            return true;
    }
    return false;
}

} // namespace

CleanUpBar::CleanUpBar(CleanUp &cleanUp, QWidget *canvas)
    : QFrame(canvas), m_cleanUp(cleanUp), m_whole(new QCheckBox(tr("All of the picture"))),
      m_summary(new ElidedLabel), m_apply(new QPushButton(tr("Clean up")))
{
    setObjectName(QStringLiteral("cleanUp"));
    setAttribute(Qt::WA_StyledBackground);
    setCursor(Qt::ArrowCursor);
    m_numbers = new QBoxLayout(QBoxLayout::LeftToRight);
    m_numbers->setSpacing(2 * metrics::space);
    m_smoothing = addNumber(tr("Smooth"), tr(" px"),
                            tr("Rounds outlines: steps and bumps of about this size go"),
                            core::maxSmoothingRadius);
    m_holes = addNumber(tr("Fill holes below"), tr(" px"), tr("Holes of fewer pixels are filled"),
                        largestArea);
    m_parts = addNumber(tr("Drop parts below"), tr(" px"),
                        tr("Parts of fewer pixels go; the largest part always stays"), largestArea);

    auto *cancel = new QPushButton(tr("Close"));
    m_apply->setProperty("primary", true);
    auto *controls = new QHBoxLayout;
    controls->setSpacing(2 * metrics::space);
    controls->addWidget(m_whole);
    controls->addStretch(1);
    controls->addWidget(cancel);
    controls->addWidget(m_apply);
    m_decision = new QBoxLayout(QBoxLayout::LeftToRight);
    m_decision->setSpacing(2 * metrics::space);
    m_decision->addWidget(m_summary, 1);
    m_decision->addLayout(controls);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * metrics::space, 2 * metrics::space, 3 * metrics::space,
                               2 * metrics::space);
    layout->setSpacing(2 * metrics::space);
    layout->addLayout(m_numbers);
    layout->addLayout(m_decision);
    keepBarKeys(this);

    const core::CleanUpOptions options = settings::cleanUp();
    m_smoothing->setValue(options.smoothing);
    m_holes->setValue(static_cast<int>(options.holesBelow));
    m_parts->setValue(static_cast<int>(options.partsBelow));
    for (QSpinBox *field : {m_smoothing, m_holes, m_parts})
        connect(field, &QSpinBox::valueChanged, this, &CleanUpBar::takeNumbers);
    connect(m_whole, &QCheckBox::toggled, &cleanUp, &CleanUp::setWholeImage);
    connect(m_apply, &QPushButton::clicked, &cleanUp, &CleanUp::apply);
    connect(cancel, &QPushButton::clicked, this, &CleanUpBar::close);
    connect(&cleanUp, &CleanUp::applied, this, &CleanUpBar::close);
    connect(&cleanUp, &CleanUp::changed, this, &CleanUpBar::showSummary);
    canvas->installEventFilter(this);
    takeNumbers();
    hide();
}

QSpinBox *CleanUpBar::addNumber(const QString &before, const QString &suffix, const QString &tip,
                                int maximum)
{
    auto *label = new QLabel(before);
    auto *field = new QSpinBox;
    field->setRange(0, maximum);
    field->setSuffix(suffix);
    field->setSpecialValueText(tr("off"));
    field->setStepType(maximum == largestArea ? QSpinBox::AdaptiveDecimalStepType
                                              : QSpinBox::DefaultStepType);
    field->setToolTip(tip);
    field->setAccessibleName(before);
    field->installEventFilter(this);
    label->setBuddy(field);
    label->setToolTip(tip);
    auto *both = new QHBoxLayout;
    both->addWidget(label, 1);
    both->addWidget(field);
    m_numbers->addLayout(both);
    return field;
}

void CleanUpBar::setTheme(const Theme &theme)
{
    setStyleSheet(
        QStringLiteral("#cleanUp { background: %1; border: 1px solid %2; border-radius: 6px; }")
            .arg(theme.panel.name(), theme.border.name()));
    place();
}

void CleanUpBar::open()
{
    m_cleanUp.setActive(true);
    show();
    raise();
    place();
    m_smoothing->setFocus(Qt::ShortcutFocusReason);
    m_smoothing->selectAll();
}

void CleanUpBar::close()
{
    if (isHidden())
        return;
    m_cleanUp.setActive(false);
    settings::setCleanUp(m_cleanUp.options());
    const bool hadFocus = isAncestorOf(focusWidget());
    hide();
    if (hadFocus || !window()->focusWidget())
        parentWidget()->setFocus();
    Q_EMIT closed();
}

void CleanUpBar::takeNumbers()
{
    m_cleanUp.setOptions({m_smoothing->value(), m_holes->value(), m_parts->value()});
}

QString CleanUpBar::summary() const
{
    return m_summary->text();
}

void CleanUpBar::showSummary()
{
    const CleanUp::Preview &preview = m_cleanUp.preview();
    const bool isOff = m_cleanUp.options() == core::CleanUpOptions();
    QStringList words;
    if (m_cleanUp.scope() == CleanUp::Scope::Nothing || m_cleanUp.objectCount() == 0) {
        words << tr("No object to clean up");
    } else if (isOff) {
        words << tr("Choose what to clean up");
    } else if (m_cleanUp.isComputing() && preview.isEmpty()) {
        words << tr("Working it out…");
    } else if (preview.isEmpty()) {
        words << (m_cleanUp.objectCount() == 1
                      ? tr("Nothing to clean up in this object")
                      : tr("Nothing to clean up in %n objects", nullptr, m_cleanUp.objectCount()));
    } else {
        const auto count = [&words](std::size_t n, const QString &one, const QString &many) {
            if (n > 0)
                words << (n == 1 ? one : many.arg(QLocale().toString(qulonglong(n))));
        };
        count(preview.removedParts.size(), tr("1 part goes"), tr("%1 parts go"));
        count(preview.filledHoles.size(), tr("1 hole fills"), tr("%1 holes fill"));
        const qint64 pixels = preview.added.area + preview.removed.area;
        words << tr("%1 px change").arg(QLocale().toString(pixels));
        if (m_cleanUp.objectCount() > 1)
            words << tr("in %1 of %2 objects")
                         .arg(QLocale().toString(preview.objects),
                              QLocale().toString(m_cleanUp.objectCount()));
    }
    m_summary->setText(words.join(QStringLiteral(", ")));
    m_apply->setEnabled(!preview.isEmpty() && !isOff);
    place();
}

void CleanUpBar::place()
{
    constexpr int gap = 2 * metrics::space;
    const int room = parentWidget()->width() - 2 * gap;
    const QMargins margins = layout()->contentsMargins();
    const int beside = margins.left() + margins.right() + 2; // the style sheet's border
    const int words = fontMetrics().averageCharWidth() * 34; // of the summary, which comes and goes
    const int numbers = breakRow(*m_numbers, room - beside);
    const int decision = breakRow(*m_decision, room - beside, words);
    layout()->invalidate(); // it would go on with the heights of before
    const int width = std::min(room, std::max(numbers, decision) + beside);
    const int height = sizeHint().height();
    setGeometry((parentWidget()->width() - width) / 2, parentWidget()->height() - height - gap,
                width, height);
}

bool CleanUpBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
    } else if (event->type() == QEvent::ShortcutOverride &&
               isFieldKey(static_cast<QKeyEvent *>(event)->key())) {
        event->accept(); // Qt then sends it as a key press
        return true;
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape) {
            close();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            static_cast<QSpinBox *>(watched)->interpretText();
            if (m_apply->isEnabled())
                m_cleanUp.apply();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
