// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "ui/editing/document.h"
#include "ui/editing/picture_search.h"

#include <QObject>

#include <functional>

class QWidget;

namespace ui
{

class MessageBar;
class TaskProgress;

/// What is said, and offered, when a project or its pictures are not as they were: open elsewhere,
/// damaged, pictures moved or changed.
class ProjectTroubles : public QObject
{
    Q_OBJECT

public:
    /// All outlive this; `window` is the dialogs' parent, and this one's.
    ProjectTroubles(Document &document, MessageBar &messages, QWidget *window);

    /// To be called when a picture was read: says when objects were drawn on another one.
    void checkPicture(core::Id image, core::Size size, const std::string &digest);
    /// To be called when a picture's file is not there: looks for it in the background, and offers
    /// what was found.
    void lookForPicture(core::Id image);
    /// The user named a folder to look for the pictures in.
    void findPictures(const QString &folder);
    /// The user will not wait for what Document::busy() says.
    void stopWaiting();
    TaskProgress *progress() const
    {
        return m_progress;
    } ///< of lookForPicture(), for the status bar

Q_SIGNALS:
    void pictureAsked(core::Id image); ///< to be shown

private:
    /// `isAsked`: somebody waits for an answer, whatever it is.
    void offerFound(core::Id image, const std::filesystem::path &file, bool isAsked = false);
    /// Of the open project alone: another one takes it away.
    void offer(const QString &sentence, const QString &button, std::function<void()> action);
    void tellOutside(const QString &name, const std::filesystem::path &file);
    void tellOpenFailed(core::ErrorKind kind, const QString &detail);
    void tellPicturesMissing(const QString &sentence = {});
    void openAgain(const OpenRequest &request);

    Document &m_document;
    PictureSearch m_search;
    TaskProgress *m_progress;
    core::Id m_lookedFor = 0;
    bool m_areAllMissing = false; ///< as Document::imagesMissing, of this project
    QString m_offered;            ///< to be taken away with the project
    MessageBar &m_messages;
    QWidget *m_window;
};

} // namespace ui
