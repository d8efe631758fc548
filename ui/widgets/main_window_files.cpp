// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that opens and writes files.
#include "ui/widgets/main_window.h"

#include "ui/editing/path_text.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

namespace ui
{

static std::filesystem::path toPath(const QString &file)
{
    return std::filesystem::path(file.toStdU16String());
}

void MainWindow::openPaths(const QStringList &paths)
{
    OpenRequest request;
    QStringList detections;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.suffix().toLower() == QLatin1String("json")) {
            detections << info.absoluteFilePath();
            continue;
        }
        if (info.isDir())
            request.folder = toPath(info.absoluteFilePath());
        else if (info.suffix() == QLatin1String(project::fileExtension))
            request.projectFile = toPath(info.absoluteFilePath());
        else
            request.images.push_back(toPath(info.absoluteFilePath()));
    }
    if (!request.folder.empty() || !request.projectFile.empty() || !request.images.empty()) {
        m_messages->dismiss();
        m_document.open(request);
    }
    for (const QString &file : detections) // once the pictures are there
        m_review->import(toPath(file));
}

/// The picture is written to the user's data folder, where its project has a place, too.
void MainWindow::openSample()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                      QStringLiteral("/sample"));
    const QString file = folder.filePath(QStringLiteral("sample.png"));
    if (!QFile::exists(file)) {
        folder.mkpath(QStringLiteral("."));
        if (!QFile::copy(QStringLiteral(":/sample/sample.png"), file)) {
            m_messages->showMessage(MessageBar::Kind::Error,
                                    tr("The sample cannot be written to %1.").arg(folder.path()));
            return;
        }
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    }
    openPaths({file});
    m_sampleFile = file;
}

void MainWindow::guideSample()
{
    if (pathText(m_document.imagePath(m_image)) == std::exchange(m_sampleFile, {}))
        m_guide.start();
}

void MainWindow::startGuide()
{
    m_canvas->hasPicture() ? m_guide.start() : openSample();
}

void MainWindow::askForImages()
{
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Open pictures"), settings::lastFolder(),
        tr("Pictures") +
            QStringLiteral(" (*.jpg *.jpeg *.jpe *.png *.tif *.tiff *.webp *.bmp *.dib *.ppm *.pgm "
                           "*.pbm *.pnm *.JPG *.JPEG *.PNG *.TIF *.TIFF);;") +
            tr("All files") + QStringLiteral(" (*)"));
    if (files.isEmpty())
        return;
    settings::setLastFolder(QFileInfo(files.front()).absolutePath());
    openPaths(files);
}

void MainWindow::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of pictures"),
                                                             settings::lastFolder());
    if (folder.isEmpty())
        return;
    settings::setLastFolder(folder);
    openPaths({folder});
}

void MainWindow::askForProject()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a project"), settings::lastFolder(),
        tr("Maskwright projects") +
            QStringLiteral(" (*.%1)").arg(QLatin1String(project::fileExtension)));
    if (file.isEmpty())
        return;
    settings::setLastFolder(QFileInfo(file).absolutePath());
    openPaths({file});
}

void MainWindow::exportTo(const QString &file)
{
    m_interchange->exportTo({QStringLiteral("coco"), file, {}});
}

ExportTask &MainWindow::exportTask()
{
    return m_interchange->exportTask();
}

static QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openPaths(localFiles(event->mimeData()));
}

} // namespace ui
