// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that opens and writes files.
#include "ui/widgets/main_window.h"

#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/words.h"

#include <QDesktopServices>
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

static QString toQString(const std::filesystem::path &path)
{
    return QString::fromStdU16String(path.u16string());
}

void MainWindow::openPaths(const QStringList &paths)
{
    OpenRequest request;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.suffix().toLower() == QLatin1String("json")) {
            m_review->import(toPath(info.absoluteFilePath()));
            continue;
        }
        if (info.isDir())
            request.folder = toPath(info.absoluteFilePath());
        else if (info.suffix() == QLatin1String(project::fileExtension))
            request.projectFile = toPath(info.absoluteFilePath());
        else
            request.images.push_back(toPath(info.absoluteFilePath()));
    }
    if (request.folder.empty() && request.projectFile.empty() && request.images.empty())
        return;
    m_messages->dismiss();
    m_document.open(request);
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
    if (toQString(m_document.imagePath(m_image)) == std::exchange(m_sampleFile, {}))
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

void MainWindow::askForExport()
{
    const QString proposal =
        QDir(toQString(m_document.imageRoot())).filePath(QStringLiteral("annotations.json"));
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export as COCO"), proposal, tr("COCO annotations") + QStringLiteral(" (*.json)"));
    if (!file.isEmpty())
        exportTo(file);
}

void MainWindow::exportTo(const QString &file)
{
    if (m_export.isRunning() || !m_document.isOpen())
        return;
    m_exportProgress->setProgress(0);
    m_exportProgress->show();
    m_export.start(m_document.snapshot(), toPath(file));
    updateEnabled();
}

void MainWindow::showExported(const QString &target, int images, int annotations)
{
    m_messages->showMessage(MessageBar::Kind::Information,
                            tr("%1 in %2 written to %3.")
                                .arg(objectCount(annotations),
                                     images == 1 ? tr("1 picture") : tr("%1 pictures").arg(images),
                                     QDir::toNativeSeparators(target)),
                            tr("Show in folder"), [target] {
                                QDesktopServices::openUrl(
                                    QUrl::fromLocalFile(QFileInfo(target).absolutePath()));
                            });
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
