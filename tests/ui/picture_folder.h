// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "ui/editing/document.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// A folder of small grey pictures "1.png", "2.png", ...
class PictureFolder
{
public:
    static constexpr int width = 64;
    static constexpr int height = 48;

    explicit PictureFolder(int count)
    {
        for (int i = 1; i <= count; ++i)
            add(QString::number(i) + QStringLiteral(".png"), i);
    }

    std::filesystem::path add(const QString &name, int shade = 0, QSize size = {width, height})
    {
        QImage picture(size, QImage::Format_RGB32);
        picture.fill(qRgb(shade % 256, 128, 128));
        if (!picture.save(m_directory.filePath(name)))
            qFatal("cannot write the test's pictures");
        return path() / name.toStdString();
    }

    std::filesystem::path path() const { return m_directory.path().toStdString(); }

    void openIn(ui::Document &document) const
    {
        QSignalSpy opened(&document, &ui::Document::opened);
        document.open({{}, path(), {}, project::OpenMode::ReadWrite});
        QVERIFY(opened.wait(20000));
    }

private:
    QTemporaryDir m_directory;
};

/// A disc-free, quickly told mask: the pixels from `first` on, `count` of them, column by column.
inline core::Rle runMask(unsigned first, unsigned count)
{
    return {{PictureFolder::width, PictureFolder::height},
            {first, count, unsigned(PictureFolder::width * PictureFolder::height) - first - count}};
}
