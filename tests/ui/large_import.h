// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QImage>

/// A folder of `pictures` pictures (0.png, 1.png, ...) and beside it a COCO file with `objects`
/// masks in them, in turn, of a dozen categories. Returns the file's path, empty when the disk
/// says no.
inline QString makeLargeImport(const QDir &place, int pictures, int objects)
{
    constexpr int width = 64, height = 48;
    if (!place.mkpath(QStringLiteral("pictures")))
        return {};
    QImage picture(width, height, QImage::Format_RGB888);
    picture.fill(Qt::darkGreen);
    const QString first = place.filePath(QStringLiteral("pictures/0.png"));
    if (!picture.save(first))
        return {};
    QByteArray text = R"({"info": {"year": 2026}, "categories": [)";
    for (int id = 1; id <= 12; ++id)
        text += (id > 1 ? ", " : "") + QByteArrayLiteral("{\"id\": ") + QByteArray::number(id) +
                ", \"name\": \"category " + QByteArray::number(id) + "\"}";
    text += "],\n\"images\": [";
    for (int i = 0; i < pictures; ++i) {
        const QByteArray number = QByteArray::number(i);
        if (i > 0 && !QFile::copy(first, place.filePath("pictures/" + number + ".png")))
            return {};
        text += (i > 0 ? ",\n" : "") + QByteArrayLiteral("{\"id\": ") + QByteArray::number(i + 1) +
                ", \"width\": 64, \"height\": 48, \"license\": 3, \"file_name\": \"" + number +
                ".png\"}";
    }
    text += "],\n\"annotations\": [";
    for (int i = 0; i < objects; ++i) {
        // Two columns of a few pixels each, at a place of their own.
        const int start = 1 + i / pictures % (width * height - 3 * height), run = 3 + i % 20;
        const int rest = width * height - start - height - run;
        text += (i > 0 ? ",\n" : "") + QByteArrayLiteral("{\"id\": ") + QByteArray::number(i + 1) +
                ", \"image_id\": " + QByteArray::number(i % pictures + 1) +
                ", \"category_id\": " + QByteArray::number(i % 12 + 1) +
                ", \"iscrowd\": 0, \"segmentation\": {\"size\": [48, 64], \"counts\": [" +
                QByteArray::number(start) + ", " + QByteArray::number(run) + ", " +
                QByteArray::number(height - run) + ", " + QByteArray::number(run) + ", " +
                QByteArray::number(rest) + "]}}";
    }
    text += "]}\n";
    QFile file(place.filePath(QStringLiteral("objects.json")));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                              : QString();
}
