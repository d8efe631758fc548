// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"

#include "ui/widgets/input/bar_keys.h"
#include "ui/widgets/theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <utility>

namespace ui
{

static constexpr int gap = 2 * metrics::space; ///< to the edges of the parent

static QColor colorOf(MessageBar::Kind kind, const Theme &theme)
{
    switch (kind) {
    case MessageBar::Kind::Warning:
        return theme.warning;
    case MessageBar::Kind::Error:
        return theme.danger;
    default:
        return theme.accent;
    }
}

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_button(new QPushButton),
      m_close(new QToolButton), m_animation(new QPropertyAnimation(this, "pos", this)),
      m_timer(new QTimer(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setToolTip(tr("Close"));
    setCursor(Qt::ArrowCursor);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(3 * metrics::space, metrics::space, metrics::space, metrics::space);
    layout->setSpacing(2 * metrics::space);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    keepBarKeys(this);
    m_animation->setDuration(140);
    m_animation->setEasingCurve(QEasingCurve::OutCubic);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &MessageBar::dismiss);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, &MessageBar::triggerAction);
    parent->installEventFilter(this);
    hide();
}

void MessageBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    const QString name =
        m_kind == Kind::Information ? QStringLiteral("about") : QStringLiteral("warning");
    m_icon->setPixmap(coloredIcon(name, colorOf(m_kind, theme)).pixmap(metrics::icon));
    m_close->setIcon(themedIcon(QStringLiteral("drop"), theme));
    m_close->setIconSize({metrics::smallIcon, metrics::smallIcon});
    update();
}

void MessageBar::showMessage(Kind kind, const QString &text)
{
    showMessage(kind, text, {}, {});
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &button,
                             std::function<void()> action)
{
    m_kind = kind;
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    setTheme(m_theme);
    if (kind == Kind::Information)
        m_timer->start(button.isEmpty() ? 6000 : 15000);
    else
        m_timer->stop();
    const bool wasVisible = isVisible();
    m_animation->stop();
    disconnect(m_animation, &QPropertyAnimation::finished, this, nullptr);
    show();
    raise();
    place();
    if (!wasVisible)
        slide(true);
}

void MessageBar::dismiss()
{
    m_timer->stop();
    if (isVisible())
        slide(false);
}

void MessageBar::triggerAction()
{
    const auto action = std::exchange(m_action, {});
    dismiss();
    if (action)
        action();
}

QString MessageBar::text() const
{
    return isVisible() ? m_text->text() : QString();
}

void MessageBar::slide(bool in)
{
    const QPoint away(x(), -height());
    m_animation->setStartValue(in ? away : pos());
    m_animation->setEndValue(in ? QPoint(x(), gap) : away);
    if (!in)
        connect(m_animation, &QPropertyAnimation::finished, this, &QWidget::hide);
    m_animation->start();
}

void MessageBar::place()
{
    const int width = std::min(parentWidget()->width() - 2 * gap, 760);
    const int height = std::max(layout()->heightForWidth(width), layout()->minimumSize().height());
    setGeometry((parentWidget()->width() - width) / 2, gap, width, height);
}

bool MessageBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible()) {
        m_animation->stop();
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(box, metrics::radius + 1, metrics::radius + 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorOf(m_kind, m_theme));
    painter.drawRoundedRect(QRectF(box.left() + 1, box.top() + 5, 3, box.height() - 10), 1.5, 1.5);
}

} // namespace ui
