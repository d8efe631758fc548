// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QString>

#include <vector>

namespace ui
{

class Document;
class PromptSession;

/// The first mask, step by step: says what to do next and goes on when the user did it. Watches the
/// object in work and the document, changes nothing itself. GUI thread.
class Guide : public QObject
{
    Q_OBJECT

public:
    struct Step {
        QString heading;
        QString sentence;
    };

    Guide(Document &document, PromptSession &session, QObject *parent = nullptr);

    /// From the first step; again from there when it runs already.
    void start();
    void stop();
    /// As if the user had done it.
    void skipStep();

    bool isRunning() const { return m_index >= 0; }
    int index() const { return m_index; } ///< of the step; -1: not running
    int count() const { return int(m_steps.size()); }
    const Step &step() const { return m_steps[std::size_t(m_index)].words; }
    bool isLast() const { return m_index == count() - 1; }

Q_SIGNALS:
    void changed();

private:
    /// Calls advance() when the user did the step.
    using Watch = QMetaObject::Connection (Guide::*)();
    struct WatchedStep {
        Step words;
        Watch watch; ///< null: the last step, which stays until it is closed
    };
    QMetaObject::Connection watchAnswer();
    QMetaObject::Connection watchCorrection();
    QMetaObject::Connection watchAccept();
    QMetaObject::Connection watchBox();
    QMetaObject::Connection watchUndo();
    void advance();
    void goTo(int index);

    Document &m_document;
    PromptSession &m_session;
    std::vector<WatchedStep> m_steps;
    QMetaObject::Connection m_watch; ///< of the present step
    int m_index = -1;
};

} // namespace ui
