// SPDX-License-Identifier: Apache-2.0
#include "export/operations/drawing.h"

#include "core/error.h"
#include "core/file/atomic_file.h"

#include <QBuffer>
#include <QFont>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>

#include <memory>

namespace exporters
{
namespace
{

constexpr int scale = 2;

QColor toColor(core::Color color)
{
    return QColor::fromRgb(color | 0xFF000000U);
}

class PngPainter
{
public:
    explicit PngPainter(QPainter &painter) : m_painter(painter) {}

    void operator()(const Drawing::Rectangle &shape) const
    {
        m_painter.fillRect(QRectF(shape.x, shape.y, shape.width, shape.height),
                           toColor(shape.color));
    }

    void operator()(const Drawing::Line &shape) const
    {
        m_painter.setPen(QPen(toColor(shape.color), 1));
        m_painter.drawLine(QPointF(shape.x0, shape.y0), QPointF(shape.x1, shape.y1));
    }

    void operator()(const Drawing::Text &shape) const
    {
        QFont font(QStringLiteral("sans-serif"));
        font.setStyleHint(QFont::SansSerif);
        font.setPixelSize(int(shape.size));
        font.setBold(shape.isBold);
        m_painter.setFont(font);
        m_painter.setPen(toColor(shape.color));
        const QString text = QString::fromStdString(shape.text);
        const double width = QFontMetricsF(font).horizontalAdvance(text);
        const double shift = shape.anchor == Drawing::Anchor::Start    ? 0
                             : shape.anchor == Drawing::Anchor::Middle ? width / 2
                                                                       : width;
        m_painter.drawText(QPointF(shape.x - shift, shape.y), text);
    }

private:
    QPainter &m_painter;
};

/// Qt's application object, without a display, where the program has none: fonts need it.
class ApplicationForFonts
{
public:
    ApplicationForFonts()
    {
        if (QCoreApplication::instance())
            return;
        // What Qt says of its surroundings does not concern who asked for a chart.
        m_handler =
            qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
        m_application = std::make_unique<QGuiApplication>(m_count, m_arguments);
    }
    ~ApplicationForFonts()
    {
        if (!m_application)
            return;
        m_application.reset();
        qInstallMessageHandler(m_handler);
    }
    ApplicationForFonts(const ApplicationForFonts &) = delete;
    ApplicationForFonts &operator=(const ApplicationForFonts &) = delete;

private:
    // Qt keeps both, and takes out what it has understood.
    char m_name[11] = "maskwright";
    char m_option[10] = "-platform";
    char m_platform[10] = "offscreen";
    char *m_arguments[4] = {m_name, m_option, m_platform, nullptr};
    int m_count = 3;
    QtMessageHandler m_handler = nullptr;
    std::unique_ptr<QGuiApplication> m_application;
};

} // namespace

void writePng(const Drawing &drawing, const std::filesystem::path &target)
{
    core::AtomicFile file(target); // first, so that a bad place is told before the work
    const ApplicationForFonts application;
    QImage image(drawing.width * scale, drawing.height * scale, QImage::Format_RGB32);
    if (image.isNull())
        throw core::Error(core::ErrorKind::OutOfMemory,
                          "There is not enough memory to draw " + target.string() + ".");
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.scale(scale, scale);
        const PngPainter paint(painter);
        for (const Drawing::Shape &shape : drawing.shapes)
            std::visit(paint, shape);
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    const QByteArray &bytes = buffer.data();
    file.write(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    file.commit();
}

} // namespace exporters
