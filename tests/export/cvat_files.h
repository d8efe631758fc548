// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/findings.h"
#include "export/formats/cvat_xml.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

/// What the tests of CVAT's XML write and read, gone with the test.
class CvatFiles
{
protected:
    static const exporters::Format &format()
    {
        static const exporters::CvatXml format;
        return format;
    }

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    std::filesystem::path write(const QByteArray &text) const
    {
        QFile file(path("t.xml"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return path("t.xml");
    }
    /// The tests write ' for ".
    std::filesystem::path writeShapes(QByteArray shapes) const
    {
        shapes.replace('\'', '"');
        return write("<?xml version='1.0' encoding='utf-8'?><annotations><version>1.1</version>"
                     "<image id='0' name='a.jpg' width='6' height='5'>" +
                     shapes + "</image></annotations>");
    }
    static QByteArray content(const std::filesystem::path &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray texts(const exporters::Findings &findings)
    {
        QByteArray all;
        for (const exporters::Finding &finding : findings.told())
            all += QByteArray::fromStdString(toText(finding)) + '\n';
        return all;
    }
    QByteArray refusal(const std::filesystem::path &file) const
    {
        try {
            format().read(file);
        } catch (const core::Error &error) {
            return error.what();
        }
        return {};
    }

private:
    QTemporaryDir m_folder;
};
