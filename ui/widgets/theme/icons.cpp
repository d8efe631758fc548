// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme/icons.h"

#include "ui/widgets/theme/theme.h"

#include <QDir>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace ui
{
namespace
{

struct IconColors {
    QColor normal;
    QColor disabled;
    QColor checked;
};

/// Renders one SVG whose strokes say "currentColor".
class SvgIconEngine : public QIconEngine
{
public:
    SvgIconEngine(QByteArray svg, IconColors colors) : m_svg(std::move(svg)), m_colors(colors) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        QColor color = state == QIcon::On ? m_colors.checked : m_colors.normal;
        if (mode == QIcon::Disabled)
            color = m_colors.disabled;
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        return QPixmap::fromImage(image);
    }

    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    QByteArray m_svg;
    IconColors m_colors;
};

QIcon load(const QString &name, const IconColors &colors)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        Q_ASSERT_X(false, "icon", qPrintable(name));
        return {};
    }
    return QIcon(new SvgIconEngine(file.readAll(), colors));
}

} // namespace

QIcon themedIcon(const QString &name, const Theme &theme)
{
    QColor disabled = theme.mutedText;
    disabled = QColor((disabled.red() + theme.window.red()) / 2,
                      (disabled.green() + theme.window.green()) / 2,
                      (disabled.blue() + theme.window.blue()) / 2);
    return load(name, {theme.text, disabled, theme.accent});
}

QIcon coloredIcon(const QString &name, const QColor &color)
{
    return load(name, {color, color, color});
}

QIcon applicationIcon()
{
    return load(QStringLiteral("app"), {});
}

QStringList iconNames()
{
    QStringList names;
    for (const QString &file : QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}))
        names << file.chopped(4);
    names.removeAll(QStringLiteral("app"));
    return names;
}

} // namespace ui
