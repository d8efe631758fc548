// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/project_troubles.h"

#include "ui/editing/edits.h"
#include "ui/editing/path_text.h"
#include "ui/editing/project_pictures.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/words.h"

#include <QDir>
#include <QFileDialog>

namespace ui
{

using Kind = MessageBar::Kind;

static QString folderName(const std::filesystem::path &folder)
{
    return QDir::toNativeSeparators(pathText(folder));
}

ProjectTroubles::ProjectTroubles(Document &document, MessageBar &messages, QWidget *window)
    : QObject(window), m_document(document), m_search(document), m_progress(new TaskProgress({})),
      m_messages(messages), m_window(window)
{
    connect(&document, &Document::openFailed, this, &ProjectTroubles::tellOpenFailed);
    connect(&document, &Document::projectChanged, this, [this] {
        m_areAllMissing = false;
        if (!m_offered.isEmpty() && m_messages.text() == m_offered)
            m_messages.dismiss();
        m_offered.clear();
    });
    connect(&document, &Document::imageNotMoved, this, [this](core::Id image, const QString &file) {
        offerFound(image, std::filesystem::path(file.toStdU16String()), true);
    });
    connect(&m_search, &PictureSearch::found, this, [this](core::Id image, const QString &file) {
        offerFound(image, std::filesystem::path(file.toStdU16String()));
    });
    m_progress->setObjectName(QStringLiteral("searchProgress"));
    connect(&m_search, &PictureSearch::lookingChanged, m_progress, [this] {
        m_search.isLooking() ? m_progress->begin(tr("Looking for the picture")) : m_progress->end();
    });
    connect(m_progress, &TaskProgress::cancelled, this, [this] {
        m_search.stop();
        if (m_areAllMissing)
            return tellPicturesMissing();
        offer(tr("The picture was not looked for any further."), tr("Look again"),
              [this, image = m_lookedFor] {
                  m_messages.dismiss();
                  lookForPicture(image);
              });
    });
    connect(&document, &Document::imagesMissing, this, [this] {
        m_areAllMissing = true;
        tellPicturesMissing();
    });
    connect(&document, &Document::imagesNotFound, this, [this](const QString &detail) {
        if (!detail.isEmpty() || m_areAllMissing)
            tellPicturesMissing(detail);
    });
    connect(&document, &Document::imageRootChanged, this, [this] {
        m_areAllMissing = false; // imagesMissing follows where they are
        m_messages.showMessage(
            Kind::Information,
            tr("The pictures in “%1” are used now.").arg(folderName(m_document.imageRoot())));
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
    } else if (kind == core::ErrorKind::Cancelled) {
        m_messages.showMessage(Kind::Information, detail);
    } else {
        m_messages.showMessage(Kind::Error, errorText(kind, detail));
    }
}

void ProjectTroubles::offer(const QString &sentence, const QString &button,
                            std::function<void()> action)
{
    m_offered = sentence;
    const auto ofThisProject = [this, action = std::move(action),
                                project = m_document.projectFile()] {
        if (m_document.projectFile() == project) // ids mean something else in another one
            action();
    };
    m_messages.showMessage(Kind::Warning, sentence, button, ofThisProject);
}

void ProjectTroubles::tellPicturesMissing(const QString &sentence)
{
    const QString missing =
        tr("The pictures of this project are not in “%1” any more; its objects are safe.")
            .arg(folderName(m_document.imageRoot()));
    offer(sentence.isEmpty() ? missing : sentence, tr("Find them…"), [this] {
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

void ProjectTroubles::stopWaiting()
{
    if (m_document.busy() == Document::Busy::Listing)
        m_messages.showMessage(Kind::Information,
                               tr("The rest of the folder was left out. Open the folder again to "
                                  "have all of its pictures."));
    m_document.cancel();
}

void ProjectTroubles::lookForPicture(core::Id image)
{
    m_lookedFor = image;
    m_search.lookFor(image);
}

/// The folder that holds the image's path when the file does; empty: the file's name is another.
static std::filesystem::path rootOf(const std::filesystem::path &file, const std::string &imageName)
{
    const std::u8string whole = file.generic_u8string();
    const std::u8string end = u8'/' + std::u8string(imageName.begin(), imageName.end());
    return whole.ends_with(end) ? std::filesystem::path(whole.substr(0, whole.size() - end.size()))
                                : std::filesystem::path();
}

/// Names that lead out of the pictures' folder would be refused by every export and every other
/// program.
void ProjectTroubles::tellOutside(const QString &name, const std::filesystem::path &file)
{
    m_offered =
        tr("“%1” was moved out of its folder: the same picture is “%2” now. Move it back, to "
           "anywhere in “%3”.")
            .arg(name, folderName(file), folderName(m_document.imageRoot()));
    m_messages.showMessage(Kind::Warning, m_offered);
}

void ProjectTroubles::offerFound(core::Id id, const std::filesystem::path &file, bool isAsked)
{
    const core::ImageRecord *image = m_document.image(id);
    if (!image)
        return;
    const QString name = QString::fromStdString(image->fileName);
    const std::filesystem::path root = rootOf(file, image->fileName);
    const bool isInside = isBelow(m_document.imageRoot(), file);
    if (m_areAllMissing && !root.empty() && (m_document.images().size() > 1 || !isInside)) {
        offer(tr("The pictures of this project seem to be in “%1” now.").arg(folderName(root)),
              tr("Use them there"), [this, root] { m_document.findImages(root); });
    } else if (const core::Id other = m_document.imageAt(file)) {
        if (other == id) // it is back
            return;
        const QString otherName = QString::fromStdString(m_document.image(other)->fileName);
        if (m_document.annotationCount(id) > 0)
            offer(tr("“%1” is “%2” now: the pixels are the same. Its objects still belong to the "
                     "old name.")
                      .arg(name, otherName),
                  tr("Move them"), [this, id, other] {
                      moveAnnotations(m_document, id, other);
                      Q_EMIT pictureAsked(other);
                  });
        else if (isAsked) // otherwise nothing is missed
            m_messages.showMessage(
                Kind::Information,
                tr("“%1” is in this project already, as “%2”.").arg(name, otherName));
    } else if (isInside) {
        offer(tr("“%1” was moved or renamed: the same picture is “%2” now.")
                  .arg(name, folderName(file)),
              tr("Use it there"), [this, id, file] {
                  if (m_document.moveImage(id, file))
                      m_areAllMissing = false;
                  else
                      offerFound(id, file, true);
              });
    } else {
        tellOutside(name, file);
    }
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
