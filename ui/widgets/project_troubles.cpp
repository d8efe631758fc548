// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/project_troubles.h"

#include "ui/widgets/message_bar.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/words.h"

#include <QDir>
#include <QFileDialog>

namespace ui
{

using Kind = MessageBar::Kind;

static QString folderName(const std::filesystem::path &folder)
{
    return QDir::toNativeSeparators(QString::fromStdU16String(folder.u16string()));
}

ProjectTroubles::ProjectTroubles(Document &document, MessageBar &messages, QWidget *window)
    : QObject(window), m_document(document), m_messages(messages), m_window(window)
{
    connect(&document, &Document::openFailed, this, &ProjectTroubles::tellOpenFailed);
    connect(&document, &Document::imagesMissing, this, [this] {
        tellPicturesMissing(
            tr("The pictures of this project are not in “%1” any more; its objects are safe.")
                .arg(folderName(m_document.imageRoot())));
    });
    connect(&document, &Document::imagesNotFound, this, &ProjectTroubles::tellPicturesMissing);
    connect(&document, &Document::imageRootChanged, this, [this] {
        m_messages.showMessage(
            Kind::Information,
            tr("The pictures were found in “%1”.").arg(folderName(m_document.imageRoot())));
    });
}

void ProjectTroubles::openAgain(const OpenRequest &request)
{
    m_messages.dismiss();
    m_document.open(request);
}

void ProjectTroubles::tellOpenFailed(core::ErrorKind kind, const QString &detail)
{
    OpenRequest request = m_document.lastRequest();
    if (kind == core::ErrorKind::ProjectLocked && request.mode == project::OpenMode::ReadWrite) {
        request.mode = project::OpenMode::ReadOnly;
        m_messages.showMessage(Kind::Error, errorText(kind, detail), tr("Open for reading"),
                               [this, request] { openAgain(request); });
    } else if (kind == core::ErrorKind::BadProject && !request.restoreBackup) {
        request.restoreBackup = true;
        m_messages.showMessage(Kind::Error, errorText(kind, detail), tr("Put the last copy back"),
                               [this, request] { openAgain(request); });
    } else {
        m_messages.showMessage(Kind::Error, errorText(kind, detail));
    }
}

void ProjectTroubles::tellPicturesMissing(const QString &sentence)
{
    m_messages.showMessage(Kind::Warning, sentence, tr("Find them…"), [this] {
        const QString folder = QFileDialog::getExistingDirectory(
            m_window, tr("Where are the pictures now?"), settings::lastFolder());
        if (!folder.isEmpty())
            findPictures(folder);
    });
}

void ProjectTroubles::findPictures(const QString &folder)
{
    m_messages.dismiss();
    m_document.findImages(std::filesystem::path(folder.toStdU16String()));
}

void ProjectTroubles::checkPicture(core::Id image, core::Size size, const std::string &digest)
{
    if (!m_document.setImageSize(image, size)) {
        const core::Size before = m_document.image(image)->size;
        m_messages.showMessage(
            Kind::Warning,
            tr("This picture was replaced: it was %1 × %2 when its objects were drawn and is "
               "%3 × %4 now. They are kept, but cannot be shown on it.")
                .arg(before.width)
                .arg(before.height)
                .arg(size.width)
                .arg(size.height));
    } else if (!m_document.setImageDigest(image, digest)) {
        m_messages.showMessage(Kind::Warning,
                               tr("This picture was changed since its objects were drawn. They "
                                  "are kept: see whether they still fit."));
    }
}

} // namespace ui
